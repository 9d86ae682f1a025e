using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>Test images alone.</summary>
/// <param name="classes">Their classes.</param>
/// <param name="test">The images.</param>
/// <param name="files">What they are read from.</param>
/// <param name="normalization">Of the images that they were made of.</param>
sealed class CorruptedDataset(IReadOnlyList<string> classes, CorruptedSplit test, ArrayFiles files, Normalization normalization)
    : IDataset,
        IHasTrueLabels,
        IHasStatedClasses
{
    private readonly ResidentSplit _none = new(
        empty([0, 3, CorruptedReader.Side, CorruptedReader.Side], ScalarType.Byte).DetachFromDisposeScope(),
        empty([0], ScalarType.Int64).DetachFromDisposeScope()
    );

    public IReadOnlyList<string> Classes { get; } = classes;

    public ImageShape Shape { get; } = new(3, CorruptedReader.Side, CorruptedReader.Side);

    public Normalization? Normalization { get; } = normalization;

    public bool LabelsAreTrue => true;

    public bool ClassesAreStated => true;

    public ISplit Train => _none;

    public ISplit Test { get; } = test;

    public void Dispose()
    {
        _none.Images.Dispose();
        _none.Labels!.Dispose();
        test.Labels!.Dispose();
        files.Dispose();
    }
}
