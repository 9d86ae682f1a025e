using Sat.Tests.Kit;
using static TorchSharp.torch;

namespace Sat.Tests.PluginKit;

/// <summary>Comparison with a trace of another implementation.</summary>
public static class Close
{
    /// <summary>Fails unless |actual - expected| is at most <paramref name="relative"/> |expected| + <paramref name="absolute"/>, entry by
    /// entry.</summary>
    public static void Assert(float[] expected, Tensor actual, double relative, double absolute, string what)
    {
        var values = actual.detach().cpu().contiguous().data<float>().ToArray();
        Expect.That(values.Length == expected.Length, $"{what}: {values.Length} entries instead of {expected.Length}");
        for (var i = 0; i < values.Length; i++)
        {
            // Not the other way around: a number that is none is not close.
            Expect.That(
                Math.Abs(values[i] - expected[i]) <= (relative * Math.Abs(expected[i])) + absolute,
                $"{what}, entry {i}: {values[i]} instead of {expected[i]}"
            );
        }
    }
}
