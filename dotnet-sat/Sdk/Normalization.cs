namespace Sat.Sdk;

/// <summary>What to subtract from and divide by, channel by channel, for pixels in [0, 1].</summary>
/// <param name="Mean">A value a channel.</param>
/// <param name="Deviation">A value a channel, above 0.</param>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
