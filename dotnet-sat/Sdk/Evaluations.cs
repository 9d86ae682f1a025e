using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What an evaluation works on: a finished run's backbone, and the data.</summary>
public sealed record EvaluationContext
{
    /// <summary>The trained backbone of the parent run, on <see cref="Device"/>, in evaluation mode. It is not to be changed.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>
    /// Images with their true labels: what the run was trained on, the labelled images where the dataset has such of their own
    /// (<see cref="IHasLabeled"/>), or what the study says instead.
    /// </summary>
    public required IDataset Dataset { get; init; }

    /// <summary>Images, uint8 in [0, 255] or float32 in [0, 1], to normalised float32, as the backbone was trained on them.</summary>
    public required Func<Tensor, Tensor> Prepare { get; init; }

    /// <summary>What is done to training images by evaluations that train on them; null: nothing, so that their features can be
    /// kept.</summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>Makes a generator on the CPU, seeded from the run's seed and a name; while training, from the epoch too.</summary>
    public required Func<string, Generator> CreateGenerator { get; init; }

    /// <summary>Is told which share of the work is done, in [0, 1]; null: nobody asks.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Asks the evaluation to stop: it throws <see cref="OperationCanceledException"/> within a step.</summary>
    public CancellationToken Stop { get; init; }
}
