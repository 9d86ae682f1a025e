using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Statistics;

namespace Sat.Records.Plans;

/// <summary>The file <c>plan.json</c>: a study, resolved and frozen. A study file edited in mid-sweep changes nothing.</summary>
public sealed record Plan
{
    /// <summary>The file's name within the output folder.</summary>
    public const string FileName = "plan.json";

    /// <summary>The first version of this layout whose files carry their own checksum (<see cref="SealedJson"/>).</summary>
    public const int SealedSince = 2;

    /// <summary>The margin of a study that states none, in points.</summary>
    public const double DefaultMargin = 0.5;

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = SealedSince;

    /// <summary>The study's name.</summary>
    public required string Name { get; init; }

    /// <summary>The study's own words on itself; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>The frozen preset that shortened or sized the runs (<c>dry</c>, <c>smoke</c>, <c>small</c>, <c>paper</c>); null:
    /// none.</summary>
    public string? Preset { get; init; }

    /// <summary>The study file, as it was read.</summary>
    public required string Study { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>The runs, in the order of the matrix; no id twice.</summary>
    public required IReadOnlyList<PlannedRun> Runs { get; init; }

    /// <summary>Names of the files of published values to compare with.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = [];

    /// <summary>The published values themselves, one for each of <see cref="Baselines"/>, as they were when the study was planned. Empty:
    /// the plan was made before plans held them.</summary>
    public IReadOnlyList<FrozenBaselines> Published { get; init; } = [];

    /// <summary>The metrics that the components of its runs declare. Empty: none does, or the plan was made before plans held
    /// them.</summary>
    public IReadOnlyList<MetricSchema> Metrics { get; init; } = [];

    /// <summary>The largest difference from a published value, in points, that does not matter; fixed before the first run. Null: the plan
    /// was made before plans held it, and <see cref="DefaultMargin"/> counts.</summary>
    public double? Margin { get; init; }

    /// <summary>The numbers of seeds at which verdicts are looked at, fixed before the first run; null: once, when all runs are
    /// done.</summary>
    public SeedLooks? Looks { get; init; }

    /// <summary>What the study expects to see.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>What readers of the results need to know, a sentence each: methods that are an interpretation, how data were
    /// split.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is probably not meant, a sentence each: options without effect, files that are not read. Plans of version 0.1.0 have
    /// these among the notes.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads the plan of an output folder; null when there is none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public static Plan? Read(string outputFolder)
    {
        const string remedy = "The command that made the runs writes a new plan, and keeps finished runs.";
        var path = Path.Combine(outputFolder, FileName);
        if (JsonFile.ReadSealed<Plan>(path, remedy, p => p.Schema, SealedSince, out _) is not { } plan)
            return null;
        // Folders are named by ids.
        if (plan.Runs.FirstOrDefault(r => r.Id.Length != 64 || !r.Id.All(char.IsAsciiHexDigitLower)) is { } odd)
            throw new SatException(
                ExitCode.Environment,
                $"the file is damaged: '{odd.Id}' is not a run id. {remedy}",
                new SourceLocation(path)
            )
            {
                IsDamage = true,
            };
        return plan;
    }

    /// <summary>Writes the plan into an output folder, which is made where missing.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public void Write(string outputFolder)
    {
        if (Runs.Any(r => !r.IsIdentified))
            throw new InvalidOperationException("A run whose files are not known has no id that could be kept.");
        try
        {
            Directory.CreateDirectory(outputFolder);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(outputFolder, e, "make the output folder");
        }
        AtomicFile.Write(Path.Combine(outputFolder, FileName), stream => SealedJson.Write(stream, this));
    }
}
