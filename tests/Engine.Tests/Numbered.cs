using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>A dataset whose images tell who they are: every pixel of image i is i, those of test images count on from 200.</summary>
static class Numbered
{
    public const int FirstTest = 200;
    public static readonly string[] Classes = ["a", "b", "c"];

    public static IDataset Resident(int train, int test) =>
        new ResidentDataset(
            Classes,
            null,
            new ResidentSplit(Images(0, train), Labels(train)),
            new ResidentSplit(Images(FirstTest, test), Labels(test))
        )
        {
            LabelsAreTrue = true,
        };

    /// <summary>The same images, decoded when they are asked for.</summary>
    /// <param name="train">Training images.</param>
    /// <param name="test">Test images.</param>
    /// <param name="reading">Told of the positions of training images, on the thread that reads them, before they are read.</param>
    public static IDataset Streaming(int train, int test, Action<long[]>? reading = null) =>
        new StreamedDataset(new StreamedSplit(0, train, reading), new StreamedSplit(FirstTest, test, null));

    /// <summary>The numbers of normalised images.</summary>
    public static long[] Numbers(Tensor images)
    {
        using var scope = NewDisposeScope();
        var numbers = images.select(1, 0).select(1, 0).select(1, 0);
        return (numbers.dtype == ScalarType.Byte ? numbers : numbers.mul(255).round()).to(ScalarType.Int64).data<long>().ToArray();
    }

    public static long Label(long number) => number % Classes.Length;

    private static Tensor Images(int first, int count) =>
        arange(first, first + count, ScalarType.Int64)
            .to(ScalarType.Byte)
            .view(-1, 1, 1, 1)
            .expand(count, 1, 8, 8)
            .contiguous()
            .DetachFromDisposeScope();

    private static Tensor Labels(int count) => arange(0, count, ScalarType.Int64).remainder(Classes.Length).DetachFromDisposeScope();

    private sealed class StreamedSplit(int first, int count, Action<long[]>? reading) : IStreamedSplit, IDisposable
    {
        public long Count => count;

        public Tensor? Labels { get; } = Numbered.Labels(count);

        public Tensor Read(ReadOnlySpan<long> indices)
        {
            reading?.Invoke(indices.ToArray());
            using var scope = NewDisposeScope();
            using var all = Images(first, count);
            return all.index_select(0, tensor(indices.ToArray())).MoveToOuterDisposeScope();
        }

        public void Dispose() => Labels!.Dispose();
    }

    private sealed class StreamedDataset(StreamedSplit train, StreamedSplit test) : IDataset, IHasTrueLabels
    {
        public bool LabelsAreTrue => true;

        public IReadOnlyList<string> Classes => Numbered.Classes;

        public ImageShape Shape => new(1, 8, 8);

        public Normalization? Normalization => null;

        public ISplit Train => train;

        public ISplit Test => test;

        public void Dispose()
        {
            train.Dispose();
            test.Dispose();
        }
    }
}
