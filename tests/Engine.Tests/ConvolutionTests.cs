using System.Text;
using Sat.Engine.Interop;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Convolutions as this machine computes them. A processor that hides its caches has had wrong gradients of them.</summary>
[TestClass]
public sealed class ConvolutionTests
{
    [TestMethod]
    [DataRow(false, 3, 1)]
    [DataRow(false, 3, 2)]
    [DataRow(false, 1, 2)]
    [DataRow(true, 3, 1)]
    [DataRow(true, 3, 2)]
    [DataRow(true, 1, 2)]
    public void Convolutions_and_their_gradients_are_those_of_double_precision(bool channelsLast, int kernel, int stride)
    {
        LibTorch.Load();
        var cases =
            from inputs in new[] { 1, 3, 8, 24, 32 }
            from outputs in new[] { 3, 8, 16, 24 }
            from side in new[] { 4, 8, 16 }
            select (inputs, outputs, side);
        foreach (var (inputs, outputs, side) in cases)
        {
            using var scope = NewDisposeScope();
            var draws = new Generator(1);
            Tensor Drawn(params long[] shape)
            {
                var drawn = randn(shape, generator: draws);
                return channelsLast ? drawn.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : drawn;
            }
            var (images, weights) = (Drawn(8, inputs, side, side), Drawn(outputs, inputs, kernel, kernel));
            var found = Gradients(images, weights, kernel, stride);
            var expected = Gradients(images.@double(), weights.@double(), kernel, stride);
            for (var i = 0; i < found.Length; i++)
            {
                var error = ((found[i].@double() - expected[i]).abs().max() / expected[i].abs().max()).item<double>();
                Assert.IsLessThan(
                    1e-4,
                    error,
                    $"{new[] { "output", "images", "weights" }[i]}: {inputs} to {outputs} channels, {side} pixels"
                );
            }
        }
    }

    [TestMethod]
    [DataRow("AuthenticAMD", 0x80000021, 0, true)]
    [DataRow("AuthenticAMD", 0x80000021, 0x121, false)]
    [DataRow("AuthenticAMD", 0x80000008, 0, false, DisplayName = "older than the description of caches")]
    [DataRow("GenuineIntel", 0x80000021, 0, false, DisplayName = "oneDNN takes its own sizes")]
    public void An_AMD_processor_that_describes_no_cache_is_known(string vendor, long largest, int cache, bool hides)
    {
        var name = Encoding.ASCII.GetBytes(vendor);
        Assert.AreEqual(
            hides,
            ConvolutionKernels.HidesCaches(
                (leaf, _) =>
                    (uint)leaf switch
                    {
                        0 => (16, BitConverter.ToInt32(name, 0), BitConverter.ToInt32(name, 8), BitConverter.ToInt32(name, 4)),
                        0x80000000 => (unchecked((int)largest), 0, 0, 0),
                        _ => (cache, 0, 0, 0),
                    }
            )
        );
    }

    private static Tensor[] Gradients(Tensor images, Tensor weights, int kernel, int stride)
    {
        var (x, w) = (images.detach().requires_grad_(true), weights.detach().requires_grad_(true));
        var y = nn.functional.conv2d(x, w, strides: [stride, stride], padding: [kernel / 2, kernel / 2]);
        // Each place with a weight of its own, the same in both precisions.
        y.mul(arange(y.numel(), dtype: y.dtype).remainder(7).reshape(y.shape) - 3).sum().backward();
        return [y, x.grad!, w.grad!];
    }
}
