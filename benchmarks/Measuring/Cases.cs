using Sat.Records.Json;

namespace Sat.Benchmarks.Measuring;

/// <summary><c>cases.json</c>: what is data in the benchmarks. Components are named there and nowhere in the code.</summary>
internal sealed record Cases
{
    /// <summary>The file of this repository.</summary>
    public static Cases Given { get; } =
        SatJson.Read<Cases>(File.ReadAllText(Path.Combine(Measuring.Workplace.Repository, "benchmarks", "cases.json")));

    /// <summary>Trainings.</summary>
    public required IReadOnlyList<TrainingCase> Training { get; init; }

    /// <summary>Trainings of the published experiments, as large as they are.</summary>
    public required IReadOnlyList<TrainingCase> Published { get; init; }

    /// <summary>Trainings whose memory is measured: two steps each, since the optimizer's state comes with the first.</summary>
    public required IReadOnlyList<TrainingCase> Memory { get; init; }

    /// <summary>A training of very many steps.</summary>
    public required LongCase Long { get; init; }

    /// <summary>Methods with adapted targets beside the same without.</summary>
    public required IReadOnlyList<MethodCase> Methods { get; init; }

    /// <summary>Methods that craft images in so many steps beside plain training.</summary>
    public required IReadOnlyList<MethodCase> Adversarial { get; init; }

    /// <summary>Training on files that are decoded as they are asked for.</summary>
    public required StreamedCase Streamed { get; init; }

    /// <summary>The run whose checkpoints are measured.</summary>
    public required CheckpointCase Checkpoint { get; init; }

    /// <summary>The run that is killed: an epoch of it is one step.</summary>
    public required CheckpointCase Resume { get; init; }

    /// <summary>The augmentation that is measured.</summary>
    public required string Augmentation { get; init; }

    /// <summary>Views of self-supervised learning.</summary>
    public required ViewsCases Views { get; init; }

    /// <summary>Parts of photos.</summary>
    public required DecodeCase Decode { get; init; }

    /// <summary>Calls that show a help.</summary>
    public required IReadOnlyList<StartupCase> Startup { get; init; }
}
