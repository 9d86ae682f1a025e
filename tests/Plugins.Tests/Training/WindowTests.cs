using System.Text.Json.Nodes;
using CsCheck;
using Sat.Engine.Data;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Tests;

/// <summary>On the CPU the engine cuts windows from bytes itself: what comes out is what the augmentation and the normalisation make of
/// tensors.</summary>
[TestClass]
public sealed class WindowTests
{
    private static readonly Normalization Three = new([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]);

    private static readonly Gen<(int Stored, int Batch, int Channels, int Height, int Width)> Shapes = Gen.Select(
        Gen.Int[1, 6],
        Gen.Int[0, 9],
        Gen.Int[1, 3],
        Gen.Int[1, 40],
        Gen.Int[1, 70]
    );

    [TestMethod]
    public void Windows_cut_by_the_engine_are_the_views_of_the_augmentation_to_the_bit() =>
        Gen.Select(Shapes, Gen.Int[0, 12], Gen.Double[0, 1], Gen.Bool, Gen.Bool, Gen.Int)
            .Sample(
                (shape, padding, flip, normalised, gathered, seed) =>
                {
                    using var scope = NewDisposeScope();
                    var augmentation = Create("crop-flip", new() { ["padding"] = padding, ["flip"] = flip });
                    var images = randint(
                        0,
                        256,
                        [shape.Stored, shape.Channels, shape.Height, shape.Width],
                        ScalarType.Byte,
                        generator: new Generator((ulong)seed)
                    );
                    var positions = randint(0, shape.Stored, [shape.Batch], ScalarType.Int64, generator: new Generator((ulong)seed));
                    using var pixels = new Pixels(
                        normalised ? new(Three.Mean.Take(shape.Channels).ToArray(), Three.Deviation.Take(shape.Channels).ToArray()) : null,
                        CPU
                    );
                    var selection = gathered
                        ? new ImageSelection(images.index_select(0, positions), null)
                        : new ImageSelection(images, positions);

                    var expected = pixels.Normalize(augmentation.Apply(images.index_select(0, positions), new Generator((ulong)seed)));
                    var views = pixels.Normalize(selection, ((IWindowed)augmentation).Windows(shape.Batch, new Generator((ulong)seed)));

                    CollectionAssert.AreEqual(expected.shape, views.shape);
                    CollectionAssert.AreEqual(expected.contiguous().bytes.ToArray(), views.bytes.ToArray());
                },
                iter: 300
            );

    [TestMethod]
    public void Every_byte_is_normalised_to_the_bits_that_tensors_give()
    {
        using var scope = NewDisposeScope();
        var images = arange(0, 256, ScalarType.Int64).to(ScalarType.Byte).view(1, 1, 16, 16).expand(1, 3, 16, 16).contiguous();
        foreach (var normalization in new[] { Three, null })
        {
            using var pixels = new Pixels(normalization, CPU);
            CollectionAssert.AreEqual(
                pixels.Normalize(images).bytes.ToArray(),
                pixels.Normalize(new ImageSelection(images, null), [default]).bytes.ToArray()
            );
        }
    }

    [TestMethod]
    [DataRow("crop-flip")]
    [DataRow("none")]
    public void Asking_for_windows_draws_what_applying_draws(string id)
    {
        using var scope = NewDisposeScope();
        var augmentation = Create(id, []);
        var (applied, asked) = (new Generator(3), new Generator(3));

        augmentation.Apply(zeros([5, 1, 8, 8], ScalarType.Byte), applied);
        Assert.HasCount(5, ((IWindowed)augmentation).Windows(5, asked));

        Assert.IsTrue(applied.get_state().equal(asked.get_state()).all().item<bool>());
    }

    [TestMethod]
    public void A_normalisation_for_other_channels_is_refused()
    {
        using var scope = NewDisposeScope();
        using var pixels = new Pixels(Three, CPU);

        var error = Assert.ThrowsExactly<InvalidDataException>(() =>
            pixels.Normalize(new ImageSelection(zeros([1, 1, 8, 8], ScalarType.Byte), null), [default])
        );

        Assert.Contains("3", error.Message);
    }

    private static IAugmentation Create(string id, JsonObject options) =>
        TestedPlugins.Host.CreateAugmentation(new ComponentSpec { Id = id, Options = options });
}
