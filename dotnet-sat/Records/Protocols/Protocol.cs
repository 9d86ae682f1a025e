using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Records.Protocols;

/// <summary>
/// Under which conditions an accuracy came about: a run's, where every field is known, or a published value's, where a
/// field that its source does not state is null.
/// </summary>
public sealed record Protocol
{
    /// <summary>The dataset, such as <c>cifar10</c>.</summary>
    public ProtocolComponent? Dataset { get; init; }

    /// <summary>Which version of the dataset's files: <c>published</c>, or another by checksum.</summary>
    public string? DataVariant { get; init; }

    /// <summary>True where images were normalised as the dataset is published; false where methods saw pixels in [0, 1].</summary>
    public bool? Normalize { get; init; }

    /// <summary>Samples trained on.</summary>
    public long? TrainingSamples { get; init; }

    /// <summary>Samples held out of the training set.</summary>
    public long? ValidationSamples { get; init; }

    /// <summary>The noise with its convention and rate: <c>symmetric rate=0.4 redraw=all-classes</c>.</summary>
    public ProtocolComponent? Noise { get; init; }

    /// <summary>The backbone.</summary>
    public ProtocolComponent? Model { get; init; }

    /// <summary>The method with its settings.</summary>
    public ProtocolComponent? Method { get; init; }

    /// <summary>Passes over the training set.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples a step.</summary>
    public int? BatchSize { get; init; }

    /// <summary>True where an epoch's last batch was left out when smaller than the others.</summary>
    public bool? DropLast { get; init; }

    /// <summary>The optimizer with its settings.</summary>
    public ProtocolComponent? Optimizer { get; init; }

    /// <summary>The schedule of the learning rate.</summary>
    public ProtocolComponent? Schedule { get; init; }

    /// <summary>What was done to each training batch.</summary>
    public ProtocolComponent? Augmentation { get; init; }

    /// <summary>Which weights were evaluated: <c>last</c>, <c>best-validation</c>, <c>best-test</c>.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The set evaluated on: <c>test</c>, or the dataset whose test set it is, where that is another than was trained
    /// on.</summary>
    public string? EvaluationSet { get; init; }

    /// <summary>Arithmetic: <c>fp32</c>, <c>bf16</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>The protocol of a run's last epoch on the test set, or of an evaluation on its dataset's.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="data">Its data, where the run has begun; the counts are null otherwise.</param>
    public static Protocol From(RunSpec spec, RunData? data) =>
        new()
        {
            Dataset = new ProtocolComponent(spec.Dataset.Id, DatasetNormalization.Without(spec.Dataset.Options)),
            Normalize = DatasetNormalization.IsOn(spec.Dataset.Options),
            DataVariant = spec.Dataset.Variant,
            TrainingSamples = data?.Train,
            ValidationSamples = data?.Validation ?? spec.Training.Validation,
            Noise = Component(spec.Noise),
            Model = Component(spec.Model),
            Method = Component(spec.Method),
            Epochs = spec.Training.Epochs,
            BatchSize = spec.Training.BatchSize,
            DropLast = spec.Training.DropLast ?? false,
            Optimizer = Component(spec.Training.Optimizer),
            Schedule = Component(spec.Training.Schedule),
            Augmentation = Component(spec.Training.Augmentation),
            Checkpoint = "last",
            EvaluationSet = spec.EvaluateOn?.Dataset?.Id ?? "test",
            Precision = spec.Precision,
        };

    private static ProtocolComponent Component(ComponentSpec spec) => new(spec.Id, spec.Options);
}
