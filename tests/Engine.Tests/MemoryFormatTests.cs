using Sat.Engine.Conditions;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class MemoryFormatTests
{
    [TestMethod]
    public void Channels_last_keeps_shapes_and_values_and_puts_the_channels_of_a_pixel_side_by_side()
    {
        using var scope = NewDisposeScope();
        var images = rand(2, 3, 5, 4);
        var laid = MemoryFormat.ChannelsLast.Apply(images);
        CollectionAssert.AreEqual(images.shape, laid.shape);
        Assert.IsTrue(laid.equal(images).all().item<bool>());
        CollectionAssert.AreEqual(new long[] { 60, 1, 12, 3 }, laid.stride());
    }

    [TestMethod]
    public void A_network_computes_and_learns_the_same_in_both_formats_but_for_the_last_bits()
    {
        using var scope = NewDisposeScope();
        var images = randn(8, 3, 12, 12);
        Tensor[] Results(MemoryFormat format)
        {
            manual_seed(7);
            using var network = nn.Sequential(
                nn.Conv2d(3, 20, 3, padding: 1, bias: false),
                nn.BatchNorm2d(20),
                nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Conv2d(20, 9, 3, stride: 2),
                nn.Flatten(),
                nn.Linear(36, 5)
            );
            var fitting = format.Lay(network);
            Assert.AreSame(format, fitting);
            var output = network.forward(fitting.Apply(images));
            output.square().mean().backward();
            return [output.DetachFromDisposeScope(), .. network.parameters().Select(p => p.grad!.clone())];
        }
        var planes = Results(MemoryFormat.Contiguous);
        var channels = Results(MemoryFormat.ChannelsLast);
        Assert.HasCount(8, planes);
        for (var i = 0; i < planes.Length; i++)
            Assert.IsLessThan(
                1e-5,
                (planes[i] - channels[i]).abs().max().item<float>() / Math.Max(1e-3, planes[i].abs().max().item<float>()),
                $"result {i}"
            );
    }

    [TestMethod]
    public void A_network_without_convolutions_is_fed_plane_by_plane_so_that_it_may_view_images_as_rows()
    {
        using var network = nn.Linear(12, 2);
        var format = MemoryFormat.ChannelsLast.Lay(network);
        using var images = rand(3, 3, 2, 2);
        using var fed = format.Apply(images);
        using var rows = fed.view(3, 12);
        Assert.AreSame(MemoryFormat.Contiguous, format);
    }
}
