using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Shapes;

/// <summary>Draws the dataset.</summary>
static class ShapesReader
{
    /// <summary>Those of images drawn with the default options.</summary>
    private static readonly Normalization Measured = new([0.39, 0.39, 0.39], [0.277, 0.277, 0.277]);

    private const int Training = 0;
    private const int Testing = 1;
    private const int Order = 2;

    public static ResidentDataset Draw(ShapesOptions options) =>
        new(
            [.. ShapeKind.All.Select(k => k.Name)],
            Measured,
            Split(options, Training, options.TrainSamples),
            Split(options, Testing, options.TestSamples)
        )
        {
            LabelsAreTrue = true,
            ClassesAreStated = true,
        };

    private static ResidentSplit Split(ShapesOptions options, int split, int count)
    {
        var labels = new long[count];
        var images = empty([count, 3, ShapePainter.Side, ShapePainter.Side], ScalarType.Byte).DetachFromDisposeScope();
        var painter = new ShapePainter(options);
        Parallel.For(0, count, i =>
        {
            labels[i] = LabelOf(options, split, i);
            Span<byte> pixels = stackalloc byte[ShapePainter.ImageBytes];
            painter.Paint(ShapeKind.All[(int)labels[i]], Randomness.For(options.DrawSeed, split, i), pixels);
            pixels.CopyTo(images.bytes.Slice(i * ShapePainter.ImageBytes, ShapePainter.ImageBytes));
        });
        return new ResidentSplit(images, tensor(labels, ScalarType.Int64).DetachFromDisposeScope());
    }

    /// <summary>Each ten images in a row have all classes, in an order of their own: equal shares, whatever part is taken.</summary>
    private static long LabelOf(ShapesOptions options, int split, int index)
    {
        var kinds = ShapeKind.All.Count;
        var random = Randomness.For(options.DrawSeed, Order + split, index / kinds);
        Span<int> order = stackalloc int[kinds];
        for (var i = 0; i < kinds; i++)
        {
            var j = random.Integer(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order[index % kinds];
    }
}
