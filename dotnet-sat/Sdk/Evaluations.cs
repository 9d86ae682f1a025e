using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What an evaluation works on: a finished run's backbone, and the data.</summary>
public sealed record EvaluationContext
{
    /// <summary>The trained backbone of the parent run, on <see cref="Device"/>, in evaluation mode.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>The dataset of the evaluating run's own specification.</summary>
    public required IDataset Dataset { get; init; }

    /// <summary>Bytes to normalised float32 images, as the parent run evaluated them.</summary>
    public required Func<Tensor, Tensor> Prepare { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>Makes a generator on the CPU, seeded from the run's seed and a name.</summary>
    public required Func<string, Generator> CreateGenerator { get; init; }
}
