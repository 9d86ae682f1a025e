using static TorchSharp.torch;

namespace Sat.Noise.Standard;

/// <summary>A random share of some samples.</summary>
static class Share
{
    /// <summary>floor(r n), of the rate as it is written: 0.29 of 100 is 29, although the double nearest to 0.29 is below it.</summary>
    public static long Count(double rate, long n) => (long)decimal.Floor((decimal)rate * n);

    /// <summary>Positions in [0, n), distinct, each set of floor(r n) as likely as any other: int64, in no order.</summary>
    public static Tensor Draw(double rate, long n, Generator random)
    {
        using var permutation = randperm(n, ScalarType.Int64, generator: random);
        return permutation.slice(0, 0, Count(rate, n), 1);
    }
}
