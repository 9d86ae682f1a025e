using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>How much memory of a graphics card a kind of run took, a line of a history file.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="Samples">Samples trained on; 0: all.</param>
/// <param name="Model">The model.</param>
/// <param name="Method">The method's id.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Augmentation">The augmentation's id.</param>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Evaluation">The evaluation's id; null: the run trains.</param>
/// <param name="Bytes">The most that it held.</param>
public sealed record Footprint(
    string Dataset,
    int Samples,
    ComponentSpec Model,
    string Method,
    int BatchSize,
    string Augmentation,
    string Precision,
    string? Evaluation = null,
    long Bytes = 0
)
{
    /// <summary>The kind of a run, which took nothing yet.</summary>
    public static Footprint KindOf(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new Footprint(
            spec.Dataset.Id,
            spec.Training.Samples,
            spec.Model,
            spec.Method.Id,
            spec.Training.BatchSize,
            spec.Training.Augmentation.Id,
            spec.Precision,
            spec.Evaluation?.Id
        );
    }

    /// <summary>What a finished run took; null where its record does not tell.</summary>
    public static Footprint? From(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record is { Status: RunStatus.Done, PeakDeviceMemoryBytes: { } bytes } ? KindOf(record.Spec) with { Bytes = bytes } : null;
    }

    /// <summary>Reads a history file; one that is missing or damaged is empty: it only helps to pack.</summary>
    public static IReadOnlyList<Footprint> Read(string path)
    {
        try
        {
            return JsonLines.Read<Footprint>(path);
        }
        catch (Sat.Records.SatException)
        {
            return [];
        }
    }

    /// <summary>Adds to a history file.</summary>
    public void Append(string path)
    {
        using var writer = new JsonLinesWriter(path);
        writer.Append(this);
    }
}
