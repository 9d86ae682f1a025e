using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>An epoch for which a <see cref="NamedStream"/> is asked for its samples.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Samples">How many samples its source has.</param>
/// <param name="Random">A generator on the CPU, the only one to draw from.</param>
public readonly record struct StreamEpoch(int Epoch, long Samples, Generator Random);
