using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

static class Close
{
    /// <summary>Asserts |actual - expected| at most <paramref name="relative"/> |expected| + <paramref name="absolute"/>, entry by
    /// entry.</summary>
    public static void Assert(float[] expected, Tensor actual, double relative, double absolute, string what)
    {
        var values = actual.detach().cpu().contiguous().data<float>().ToArray();
        Microsoft.VisualStudio.TestTools.UnitTesting.Assert.HasCount(expected.Length, values, what);
        for (var i = 0; i < values.Length; i++)
        {
            Microsoft.VisualStudio.TestTools.UnitTesting.Assert.AreEqual(
                expected[i],
                values[i],
                (relative * Math.Abs(expected[i])) + absolute,
                $"{what}, entry {i}"
            );
        }
    }
}
