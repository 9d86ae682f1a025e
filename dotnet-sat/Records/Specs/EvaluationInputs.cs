using System.Text.Json.Serialization;

namespace Sat.Records.Specs;

/// <summary>The images that an evaluation is made on, where they are others than those of the run it measures.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EvaluationInputs
{
    /// <summary>Images and labels; null: those of the measured run.</summary>
    public ComponentSpec? Dataset { get; init; }

    /// <summary>Use the first so many training images; 0: all. Null: those that the measured run was trained on.</summary>
    public int? Samples { get; init; }

    /// <summary>The epoch, counted from 1, whose weights are measured, one of <see cref="TrainingOptions.KeepEpochs"/>; null: the
    /// last.</summary>
    public int? Epoch { get; init; }

    /// <summary>What is done to training images, for evaluations that train on them; null: nothing.</summary>
    public ComponentSpec? Augmentation { get; init; }
}
