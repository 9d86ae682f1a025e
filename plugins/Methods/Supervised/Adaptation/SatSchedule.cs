namespace Sat.Methods.Supervised.Adaptation;

/// <summary>Momentum and starting epoch as they are used.</summary>
/// <param name="Alpha">alpha, in [0, 1].</param>
/// <param name="StartEpoch">E_s, counted from 0.</param>
readonly record struct SatSchedule(double Alpha, int StartEpoch);
