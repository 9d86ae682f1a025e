using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Tests;

/// <summary>A backbone that looks features up: its images, uint8 [batch, 2, 1, 1], are the rows' numbers.</summary>
sealed class Table(Tensor features) : Backbone(nameof(Table))
{
    public override long FeatureDimension => features.shape[1];

    public override Tensor forward(Tensor input)
    {
        var numbers = input.flatten(1).to(ScalarType.Int64);
        return features.index_select(0, (numbers.select(1, 0) * 256) + numbers.select(1, 1)).to(ScalarType.Float32);
    }

    /// <summary>The images of some rows.</summary>
    public static Tensor Images(long first, long count)
    {
        var numbers = arange(first, first + count);
        return stack([numbers / 256, numbers % 256], 1).floor().to(ScalarType.Byte).view(count, 2, 1, 1);
    }
}

/// <summary>Augmentation that counts how often it was asked.</summary>
sealed class Counting : IAugmentation
{
    public int Calls { get; private set; }

    public Tensor Apply(Tensor images, Generator random)
    {
        Calls++;
        return images.alias();
    }
}

/// <summary>The same images, one by one.</summary>
sealed class Streamed(ResidentSplit split) : IStreamedSplit
{
    public long Count => split.Count;

    public Tensor? Labels => split.Labels;

    public Tensor Read(ReadOnlySpan<long> indices) => split.Images.index_select(0, tensor(indices.ToArray()));
}

sealed class SplitDataset(int classes, ISplit train, ISplit test) : IDataset
{
    public IReadOnlyList<string> Classes { get; } = [.. Enumerable.Range(0, classes).Select(c => $"class {c}")];

    public ImageShape Shape => new(2, 1, 1);

    public Normalization? Normalization => null;

    public ISplit Train => train;

    public ISplit Test => test;

    public void Dispose()
    {
        // The test's dispose scope owns the tensors.
    }
}
