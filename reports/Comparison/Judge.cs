using Sat.Records.Protocols;
using Sat.Records.Statistics;
using Sat.Reports.Published;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>
/// Judges a cell against published values. All stated fields equal, and all decisive ones stated: exact, and judged by value. Not all
/// decisive ones stated: partial; equal dataset, method, noise and net only: scaled. Both are judged by direction. Anything else: not
/// comparable.
/// </summary>
internal static class Judge
{
    /// <summary>The complement of the test accuracy, as some figures print it.</summary>
    public const string TestError = "test-error";

    /// <summary>What a source has to state for a judgement by value: without one of these, the result might be any.</summary>
    private static readonly HashSet<string> Decisive = ["dataset", "noise", "model", "method", "epochs", "optimizer"];

    /// <summary>The comparisons of a cell with what its method's authors published; exact ones only, where there are any.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="baselines">Published values.</param>
    /// <param name="margin">The largest difference that does not matter, a fraction.</param>
    /// <param name="reference">The cell of another method, by id, in the same setting under the same noise; null: none.</param>
    /// <param name="looks">The planned looks; null: one.</param>
    public static IReadOnlyList<ComparisonResult> Compare(
        Measurement cell,
        IEnumerable<BaselineFile> baselines,
        double margin,
        Func<string, Measurement?> reference,
        SeedLooks? looks = null
    )
    {
        var all = baselines
            .SelectMany(file => file.Values.Where(v => v.Role == BaselineRole.Paper && IsAbout(v, cell.Protocol)).Select(v => (file, v)))
            .Where(p => (cell.Final.Count == 0 && p.v.When.Count == 0) || cell.Find(p.v) is not null)
            .Select(p => Compare(cell, p.file, p.v, margin, looks, reference))
            .OrderBy(c => c.Kind)
            .ThenBy(c => c.Fields.Count(f => f.State == FieldState.Different))
            .ToArray();
        return all.Any(c => c.Kind == ComparisonKind.Exact) ? [.. all.Where(c => c.Kind == ComparisonKind.Exact)] : all;
    }

    /// <summary>True if a value is for this dataset under this noise, whatever the method.</summary>
    public static bool IsSameProblem(PublishedValue value, Protocol run) =>
        value.Protocol.Dataset is { } dataset
        && dataset.Id == run.Dataset?.Id
        && value.Protocol.Noise is { } noise
        && ProtocolComparer.Compare("noise", noise, run.Noise).All(f => f.State == FieldState.Equal);

    /// <summary>True if a value is for this method, dataset and noise, whatever the net.</summary>
    public static bool IsSameMethod(PublishedValue value, Protocol run) =>
        value.Protocol.Method is { } method && method.Id == run.Method?.Id && IsSameProblem(value, run);

    /// <summary>True if a value is for this net, its width and whatever else the source states of it; a source that states no net may mean
    /// any.</summary>
    public static bool IsSameNet(PublishedValue value, Protocol run) =>
        value.Protocol.Model is null
        || ProtocolComparer.Compare("model", value.Protocol.Model, run.Model).All(f => f.State == FieldState.Equal);

    /// <summary>True if a planned run would be judged by this value: what only its data can tell is taken to be as published.</summary>
    public static bool IsExactAsPlanned(PublishedValue value, Protocol planned) =>
        IsAbout(value, planned)
        && ProtocolComparer
            .Compare(value.Protocol, planned)
            .All(f => f.State == FieldState.Equal || (f.State == FieldState.Different ? f.Run is null : !Decisive.Contains(f.Field)));

    /// <summary>What the same file states of its reference method in the same setting; null: nothing, or it is this method.</summary>
    public static PublishedValue? Rival(BaselineFile file, PublishedValue value, Protocol run) =>
        file.Reference is { } id && id != run.Method?.Id
            ? file.Values.FirstOrDefault(v =>
                v.Role == BaselineRole.Paper
                && MeasuredConditions.AreEqual(v.When, value.When)
                && v.Metric == value.Metric
                && v.Protocol.Method?.Id == id
                && Same("dataset", v.Protocol.Dataset, value.Protocol.Dataset)
                && Same("noise", v.Protocol.Noise, value.Protocol.Noise)
                && Same("model", v.Protocol.Model, value.Protocol.Model)
            )
            : null;

    /// <summary>True if a value is for this dataset, method, noise and net.</summary>
    public static bool IsAbout(PublishedValue value, Protocol run) => IsSameMethod(value, run) && IsSameNet(value, run);

    private static ComparisonResult Compare(
        Measurement cell,
        BaselineFile file,
        PublishedValue value,
        double margin,
        SeedLooks? looks,
        Func<string, Measurement?> reference
    )
    {
        var found = cell.Find(value);
        var protocol = found?.EvaluationSet is { } set ? cell.Protocol with { EvaluationSet = set } : cell.Protocol;
        FieldComparison[] fields =
        [
            .. ProtocolComparer.Compare(value.Protocol, protocol).Where(f => f.State != FieldState.Equal),
            .. found?.Different ?? [],
        ];
        var kind =
            fields.Any(f => f.State == FieldState.Different) ? ComparisonKind.Scaled
            : fields.Any(f => f.State == FieldState.Unstated && Decisive.Contains(f.Field)) ? ComparisonKind.Partial
            : ComparisonKind.Exact;
        var measured = found?.Statistic;
        var direction = Direction(cell, file, value, looks, reference);
        var test = measured is null
            ? null
            : DifferenceResult.From(
                MeanDifference.From(measured, value.Value, value.Deviation, value.Trials),
                margin,
                looks?.Share(measured.Seeds) ?? 1
            );
        var (judgement, sentence) = ByDirection(cell, file, fields, measured, direction);
        if (kind == ComparisonKind.Exact)
            (judgement, test, sentence) = ByValue(cell, value, measured, test, looks);
        return new ComparisonResult
        {
            Baselines = file.Name,
            Source = value.Source,
            Method = value.Method,
            Metric = value.Metric,
            Measure = found?.Metric,
            When = value.When.Count == 0 ? null : value.When,
            Published = value.Value,
            PublishedDeviation = value.Deviation,
            PublishedTrials = value.Trials,
            ReadingError = file.Sources.FirstOrDefault(s => s.Key == value.Source)?.ReadingError,
            Notes = value.Notes,
            Kind = kind,
            Judgement = judgement,
            Measured = measured,
            Difference = measured?.Mean - value.Value,
            Test = test,
            Direction = direction,
            Fields = fields,
            Sentence = sentence,
        };
    }

    private static (Judgement Judgement, DifferenceResult? Test, string Sentence) ByValue(
        Measurement cell,
        PublishedValue value,
        Statistic? measured,
        DifferenceResult? test,
        SeedLooks? looks
    )
    {
        if (measured is null || test is null)
            return (Judgement.Inconclusive, null, "The same protocol as published, but no run has finished yet.");
        var difference = measured.Mean - value.Value;
        var judgement = ValueVerdict.Of(difference, test);
        var open = looks is null
            ? ValueVerdict.WithSeedsNeeded(test, judgement, measured, (value.Value, value.Deviation, value.Trials), cell.SecondsPerRun)
            : test;
        return (judgement, open, ValueVerdict.Sentence(difference, open, judgement, measured, looks, cell.OnCard));
    }

    private static (Judgement Judgement, string Sentence) ByDirection(
        Measurement cell,
        BaselineFile file,
        IEnumerable<FieldComparison> fields,
        Statistic? measured,
        DirectionResult? direction
    )
    {
        string[] unstated = [.. fields.Where(f => f.State == FieldState.Unstated && Decisive.Contains(f.Field)).Select(f => f.Field)];
        var protocol = fields.Any(f => f.State == FieldState.Different)
            ? "Another protocol than published"
            : $"The source does not state {string.Join(", ", unstated)}";
        if (measured is null)
            return (Judgement.Undecided, $"{protocol}, and no run has finished yet.");
        if (direction is null)
        {
            return (
                Judgement.NotComparable,
                file.Reference == cell.Protocol.Method?.Id
                    ? $"{protocol}; this is the method that others are compared with."
                    : $"{protocol}, and no direction to judge: {(file.Reference is null ? "the published values name no reference method" : $"{file.Reference} has no published value, or no finished run, to compare with")}."
            );
        }
        var isTie = new Lead(direction.Measured, null).IsTie;
        var here = isTie
            ? $"level with {direction.Reference} here"
            : $"{Format.Points(direction.Measured)} against {direction.Reference} here";
        var odds = Lead.Odds(direction.Paired) is { Length: > 0 } text ? $"; {text}" : "";
        return (
            direction.Judgement,
            $"{protocol}, so only the direction counts: {here} ({Lead.Spread(direction.Paired)}{odds}), {Format.Points(direction.Published)} as published."
        );
    }

    private static DirectionResult? Direction(
        Measurement cell,
        BaselineFile file,
        PublishedValue value,
        SeedLooks? looks,
        Func<string, Measurement?> reference
    )
    {
        if (file.Reference is not { } id || Rival(file, value, cell.Protocol) is not { } rival)
            return null;
        if (cell.Find(value) is not { } ours || reference(id)?.Find(rival) is not { } theirs)
            return null;
        var sign = value.HigherIsBetter ? 1 : -1;
        var published = sign * (value.Value - rival.Value);
        var measured = sign * (ours.Statistic.Mean - theirs.Statistic.Mean);
        var paired = value.HigherIsBetter ? Lead.Pair(ours.BySeed, theirs.BySeed, looks) : Lead.Pair(theirs.BySeed, ours.BySeed, looks);
        var lead = new Lead(measured, paired);
        var judgement =
            published.Equals(0) ? Judgement.NotComparable
            : lead.IsTie || lead.IsClear != true ? Judgement.Undecided
            : Math.Sign(published) == Math.Sign(paired!.Difference) ? Judgement.DirectionAgrees
            : Judgement.DirectionDiffers;
        return new DirectionResult(id, published, measured, paired, judgement);
    }

    private static bool Same(string field, ProtocolComponent? a, ProtocolComponent? b) =>
        a is null
            ? b is null
            : ProtocolComparer.Compare(field, a, b).Concat(ProtocolComparer.Compare(field, b, a)).All(f => f.State == FieldState.Equal);
}
