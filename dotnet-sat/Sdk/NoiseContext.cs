using Sat.Records.Data;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What a noise works on. It is drawn before the validation split (recipes: the noise covers all training samples).</summary>
public sealed record NoiseContext
{
    /// <summary>The dataset's labels, int64 [n] on the CPU.</summary>
    public required Tensor Labels { get; init; }

    /// <summary>Images, uint8 [n, channels, height, width] on the CPU; null when the dataset is streamed.</summary>
    public required Tensor? Images { get; init; }

    /// <summary>Samples in the dataset's whole training set, of which these are the first; null: these are all.</summary>
    public long? WholeTrainingSet { get; init; }

    /// <summary>Where each sample of the whole training set comes from (<see cref="IHasSampleFiles"/>); null: it is not known.</summary>
    public IReadOnlyList<string>? SampleFiles { get; init; }

    /// <summary>Whether the training set is in the order of its files (<see cref="IHasSampleFiles.IsInFileOrder"/>).</summary>
    public bool SamplesAreInFileOrder { get; init; } = true;

    /// <summary>Class names; their number is K.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The dataset's normalisation (its mean and deviation in [0, 1]).</summary>
    public required Normalization? Normalization { get; init; }

    /// <summary>The noise's own stream of the run's seed: equal for every method trained on the same dataset, noise and seed.</summary>
    public required Generator Generator { get; init; }

    /// <summary>Files of its path options, by option name.</summary>
    public required IReadOnlyDictionary<string, DataFiles> Files { get; init; }
}
