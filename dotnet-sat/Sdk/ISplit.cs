using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>Some of a dataset's images: an <see cref="ResidentSplit"/>, or a <see cref="IStreamedSplit"/>.</summary>
public interface ISplit
{
    /// <summary>How many.</summary>
    long Count { get; }

    /// <summary>Their labels, true or merely given (<see cref="IHasTrueLabels"/>), int64 [<see cref="Count"/>] on the CPU, in [0, classes);
    /// null when unlabelled.</summary>
    Tensor? Labels { get; }
}
