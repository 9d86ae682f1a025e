using System.Text.Json.Serialization;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Records.Plans;

/// <summary>The file <c>plan.json</c>: a study, resolved and frozen. A study file edited in mid-sweep changes nothing.</summary>
public sealed record Plan
{
    /// <summary>The file's name within the output folder.</summary>
    public const string FileName = "plan.json";

    /// <summary>The first version of this layout whose files carry their own checksum (<see cref="SealedJson"/>).</summary>
    public const int SealedSince = 2;

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

/// <summary>A run of a plan.</summary>
/// <param name="Id">Its id, 64 hexadecimal digits.</param>
/// <param name="Request">What a worker needs.</param>
public sealed record PlannedRun([property: JsonRequired] string Id, [property: JsonRequired] RunRequest Request)
{
    /// <summary>What planning found of its files. Plans that are written have no <see cref="KnownFiles.None"/>.</summary>
    [JsonIgnore]
    public KnownFiles Files { get; init; }

    /// <summary>False where <see cref="Id"/> only tells it from the others of its plan: its files decide which run it is, and they are not
    /// known.</summary>
    [JsonIgnore]
    public bool IsIdentified => Files != KnownFiles.None;
}

/// <summary>What is known of the files that a run reads, the best first.</summary>
public enum KnownFiles
{
    /// <summary>All of them, or it reads none: they are here.</summary>
    Found,

    /// <summary>All of them, by their published checksums: they are not here.</summary>
    Published,

    /// <summary>Some are not here, and nothing says which they are.</summary>
    None,
}

/// <summary>
/// A claim that a study makes on its own outcome, checked for each seed: the metric of the runs that <see cref="Where"/>
/// selects is at least <see cref="AtLeast"/>, or above that of the run which differs only by <see cref="Above"/>.
/// </summary>
public sealed record Expectation
{
    /// <summary>A metric after the last epoch; see <see cref="MetricNames"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>Setting (<c>method.id</c>, <c>noise.rate</c>) to its value as text; a run is meant when all agree.</summary>
    public required IReadOnlyDictionary<string, string> Where { get; init; }

    /// <summary>The least value; a fraction in [0, 1] for accuracies.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Settings of the run to beat, that replace those of <see cref="Where"/>; same seed.</summary>
    public IReadOnlyDictionary<string, string>? Above { get; init; }

    /// <summary>Why the study expects it; null: it does not say.</summary>
    public string? Because { get; init; }
}
