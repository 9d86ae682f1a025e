using static TorchSharp.torch;

namespace Sat.Methods.Peers.CoTeaching;

/// <summary>The samples of a batch that a network finds easiest.</summary>
static class SmallLosses
{
    /// <summary>A product that is whole but for rounding must not lose a sample: (1 - 0.9) 10 is less than 1 in double precision.</summary>
    const double Rounding = 1e-9;

    /// <summary>The share left out in an epoch: tau min(T^c / T_k, 1).</summary>
    /// <param name="options">tau, T_k and c.</param>
    /// <param name="epoch">T, counted from 0.</param>
    public static double ForgetRate(CoTeachingOptions options, int epoch) =>
        options.ForgetRate * Math.Min(Math.Pow(epoch, options.Exponent) / options.RampEpochs, 1);

    /// <summary>How many samples of a batch are kept: a whole number, rounded down, and at least one.</summary>
    public static int Count(long batch, double forgetRate) => Math.Max((int)(((1 - forgetRate) * batch) + Rounding), 1);

    /// <summary>Positions of the smallest losses, int64 [count], in any order.</summary>
    /// <param name="losses">float32 [batch].</param>
    /// <param name="count">How many, known without the device.</param>
    public static Tensor Choose(Tensor losses, int count) => losses.detach().topk(count, 0, largest: false, sorted: false).indexes;
}
