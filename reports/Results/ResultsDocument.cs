using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Published;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>
/// What came out of a sweep: the file <c>results.json</c>, from which every rendering is made. Accuracies and shares are fractions
/// in [0, 1]. Made of the plan, the run folders and the published values alone, so equal inputs give equal bytes.
/// </summary>
public sealed record ResultsDocument
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 2;

    public required StudyInfo Study { get; init; }

    public required Verdict Verdict { get; init; }

    public required Coverage Coverage { get; init; }

    /// <summary>The margin of the study, and how many tests its verdicts are corrected for.</summary>
    public required VerdictFamily Family { get; init; }

    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>What should hold of the metrics, and whether it does.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>What is known of each metric that a run has, by name.</summary>
    public IReadOnlyList<MetricSchema> Metrics { get; init; } = [];

    /// <summary>Runs that differ only by noise, method and seed stand in one setting.</summary>
    public required IReadOnlyList<SettingResult> Settings { get; init; }

    /// <summary>Runs that differ only by seed stand in one cell.</summary>
    public required IReadOnlyList<CellResult> Cells { get; init; }

    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>What the authors published for methods, dataset and noise of the plan, but for nets that it does not train under these:
    /// shown once, never judged by.</summary>
    public IReadOnlyList<OtherValue> OtherNets { get; init; } = [];

    public required IReadOnlyList<EnvironmentResult> Environments { get; init; }

    /// <summary>Sources of the published values that this document shows.</summary>
    public required IReadOnlyList<SourceInfo> Sources { get; init; }

    /// <summary>Warnings, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>What was asked.</summary>
public sealed record StudyInfo(string Name, string? Description, string? Preset, DateTimeOffset Created, string Tool);

/// <summary>The answer in words: one line, then sentences.</summary>
public sealed record Verdict(string Headline, IReadOnlyList<string> Sentences);

/// <summary>How many runs stand where.</summary>
public sealed record Coverage(
    int Planned,
    int Done,
    int Running,
    int Missing,
    int Failed,
    int Diverged,
    int Interrupted,
    int Stale = 0,
    int Damaged = 0
);

/// <summary>What the verdicts of a document have in common.</summary>
/// <param name="Margin">The largest difference from a published value that does not matter, a fraction.</param>
/// <param name="Verdicts">How many verdicts there are: exact comparisons, directions, and leads that the study expects.</param>
/// <param name="Tests">How many p values they rest on. An exact comparison has two, of which one hypothesis can be true.</param>
/// <param name="Decided">How many are decided: equivalent, different, or on one side of zero.</param>
/// <param name="Holding">How many of these still are after Holm's correction, at 5 %.</param>
public sealed record VerdictFamily(double Margin, int Verdicts, int Tests, int Decided, int Holding)
{
    /// <summary>The numbers of seeds at which they are looked at, as the plan states them; null: once.</summary>
    public SeedLooks? Looks { get; init; }
}

/// <summary>A claim of the study, and what came of it for each seed.</summary>
public sealed record ExpectationResult(
    Expectation Expectation,
    ExpectationStatus Status,
    string Claim,
    IReadOnlyList<SeedExpectation> Seeds
)
{
    /// <summary>Of a claim that a run is above another: a lead for each cell, by which it is judged.</summary>
    public IReadOnlyList<ExpectedLead> Leads { get; init; } = [];
}

/// <summary>How far the runs of a cell are above those that the study expects them to be above, seed by seed.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Against">Id of the cell that it is expected to be above.</param>
/// <param name="Status">Met where all of the interval is above zero, not met where all of it is below.</param>
/// <param name="Paired">The lead with its interval.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record ExpectedLead(string Cell, string Against, ExpectationStatus Status, PairedInterval Paired, string Sentence)
{
    /// <summary>The p value of no lead, corrected for all verdicts of the report; null: there is none.</summary>
    public double? AdjustedP { get; init; }
}

/// <summary>A claim for one seed.</summary>
/// <param name="Run">Id of the run it is about.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Value">The metric; null: not known yet.</param>
/// <param name="Bound">What it had to reach or to exceed; null: not known yet.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record SeedExpectation(string Run, long Seed, ExpectationStatus Status, double? Value, double? Bound, string Sentence);

/// <summary>Dataset, model and training that a table of noise x method is about.</summary>
public sealed record SettingResult
{
    /// <summary>First digits of the hash of what its runs have in common.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Every setting its runs have in common, path to value.</summary>
    public required IReadOnlyDictionary<string, string> Common { get; init; }

    /// <summary>Rows, in the order of the plan.</summary>
    public required IReadOnlyList<AxisLabel> Noises { get; init; }

    /// <summary>Columns, in the order of the plan.</summary>
    public required IReadOnlyList<AxisLabel> Methods { get; init; }

    /// <summary>Values of other methods or groups for the same dataset and noise: shown, never judged by.</summary>
    public required IReadOnlyList<OtherValue> Others { get; init; }
}

/// <summary>A row or a column of a setting's table.</summary>
/// <param name="Key">First digits of the component's hash: which row or column it is, in every setting.</param>
/// <param name="Label">Its short name, unlike any other of its axis in this setting.</param>
/// <param name="Detail">The component with all its options.</param>
public sealed record AxisLabel(string Key, string Label, string Detail);

/// <summary>A published value that no judgement rests on.</summary>
public sealed record OtherValue(
    string Noise,
    string Method,
    string? Model,
    string Metric,
    double Value,
    double? Deviation,
    int? Trials,
    BaselineRole Role,
    string Conditions,
    string Baselines,
    string Source
);

/// <summary>Runs that differ only by their seed.</summary>
public sealed record CellResult
{
    public required string Id { get; init; }

    /// <summary>Id of its <see cref="SettingResult"/>.</summary>
    public required string Setting { get; init; }

    /// <summary>Key of its row.</summary>
    public required string Row { get; init; }

    /// <summary>Key of its column.</summary>
    public required string Column { get; init; }

    /// <summary>Label of its row, for people.</summary>
    public required string Noise { get; init; }

    /// <summary>Label of its column, for people.</summary>
    public required string Method { get; init; }

    /// <summary>The specification; its seed is that of the first run.</summary>
    public required RunSpec Spec { get; init; }

    /// <summary>Ids of its runs, in the order of the plan.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Runs that are done.</summary>
    public required int Done { get; init; }

    /// <summary>Metric after the last epoch to its statistic over the seeds that are done.</summary>
    public required IReadOnlyDictionary<string, Statistic> Final { get; init; }

    /// <summary>Metric at the epoch that was best on held-out noisy labels; null without such a split.</summary>
    public IReadOnlyDictionary<string, Statistic>? Best { get; init; }

    /// <summary>True if the dataset vouches for its labels, false if they are merely given; null: its runs do not say.</summary>
    public bool? TrueLabels { get; init; }

    /// <summary>Share of wrong labels as measured; null: unknown.</summary>
    public Statistic? WrongLabels { get; init; }

    /// <summary>Share of labels that the noise changed, where nobody knows whether they were true.</summary>
    public Statistic? ChangedLabels { get; init; }

    /// <summary>Confusion matrix on the test set, mean counts over seeds, [true][predicted].</summary>
    [JsonConverter(typeof(InlineRows))]
    public IReadOnlyList<IReadOnlyList<double>>? Confusion { get; init; }

    /// <summary>Given labels against those that the soft targets propose at the end, mean counts over seeds, [given][proposed].</summary>
    [JsonConverter(typeof(InlineRows))]
    public IReadOnlyList<IReadOnlyList<double>>? Corrections { get; init; }

    /// <summary>Of the labels that the soft targets change, the share that is right then; null: they change none, or nobody
    /// knows.</summary>
    public Statistic? CorrectionPrecision { get; init; }

    /// <summary>Figures that its method or evaluation left in the first run that is done; null: none.</summary>
    public IReadOnlyList<CellFigure>? Figures { get; init; }

    /// <summary>Class names.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Values that the authors published for this dataset, method, noise and net; empty: not comparable.</summary>
    public required IReadOnlyList<ComparisonResult> Comparisons { get; init; }
}

/// <summary>A run.</summary>
public sealed record RunResult
{
    public required string Id { get; init; }

    public required string Cell { get; init; }

    public required long Seed { get; init; }

    public required RunStanding State { get; init; }

    /// <summary>Why it failed, diverged or was interrupted.</summary>
    public string? Error { get; init; }

    /// <summary>Epochs whose metrics are there.</summary>
    public required int Epochs { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public double? Seconds { get; init; }

    public double? ImagesPerSecond { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>Of the card; null on the CPU.</summary>
    public long? PeakDeviceMemoryBytes { get; init; }

    /// <summary>Position of its environment in the document's list.</summary>
    public int? Environment { get; init; }

    public RunData? Data { get; init; }

    public JsonObject? Derived { get; init; }

    /// <summary>Names of the figures that it left; those of a cell are in <see cref="CellResult.Figures"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FigureNames { get; init; } = [];

    public IReadOnlyDictionary<string, double>? Final { get; init; }

    /// <summary>The epoch that its method chose for its result; null: it chooses none.</summary>
    public SelectedEpoch? Selected { get; init; }

    public BestEpoch? Best { get; init; }

    /// <summary>What its worker warned of, a sentence each; null: of nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Training samples whose labels its soft targets propose to change, as many as <c>labels.csv</c> in its folder has rows;
    /// null: it has no such file.</summary>
    public long? Suspects { get; init; }

    /// <summary>Metrics over epochs.</summary>
    public Curves? Curves { get; init; }

    /// <summary>The command that repeats it, from within the output folder; null: it has no request file yet.</summary>
    public string? Command { get; init; }

    public required RunSpec Spec { get; init; }
}

/// <summary>Metrics over epochs.</summary>
/// <param name="Epochs">The epochs that were evaluated, counted from 1.</param>
/// <param name="Values">Metric to its value at each of them; null where it is not there or not finite.</param>
public sealed record Curves(
    [property: JsonConverter(typeof(InlineNumbers))] IReadOnlyList<double?> Epochs,
    [property: JsonConverter(typeof(InlineCurves))] IReadOnlyDictionary<string, IReadOnlyList<double?>> Values
)
{
    /// <summary>The metrics after an epoch; null: it was not evaluated.</summary>
    /// <param name="epoch">Counted from 1.</param>
    public IReadOnlyDictionary<string, double>? After(int epoch)
    {
        for (var i = 0; i < Epochs.Count; i++)
        {
            if (Epochs[i] is { } at && at.Equals(epoch))
                return Values.Where(v => v.Value[i] is not null).ToDictionary(v => v.Key, v => v.Value[i]!.Value);
        }
        return null;
    }
}

/// <summary>Where and with what runs were made.</summary>
public sealed record EnvironmentResult(RunEnvironment Environment, int Runs);

/// <summary>A source of published values.</summary>
public sealed record SourceInfo(string Baselines, BaselineSource Source);
