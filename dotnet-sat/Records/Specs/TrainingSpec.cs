using System.Text.Json.Serialization;

namespace Sat.Records.Specs;

/// <summary>How a run trains.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrainingSpec : TrainingOptions
{
    /// <summary>The optimizer.</summary>
    public required ComponentSpec Optimizer { get; init; }

    /// <summary>The schedule of the learning rate.</summary>
    public required ComponentSpec Schedule { get; init; }

    /// <summary>What is done to each training batch.</summary>
    public required ComponentSpec Augmentation { get; init; }

    /// <summary>An evaluation of the backbone while it is trained; null: none.</summary>
    public ComponentSpec? Probe { get; init; }
}
