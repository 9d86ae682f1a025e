using Sat.Records;
using Sat.Records.Protocols;
using Sat.Records.Statistics;
using Sat.Reports.Published;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>
/// Judges a cell against published values. All stated fields equal: exact, and judged by value. Equal dataset, method, noise
/// and net only: scaled, and judged by direction. Anything else: not comparable.
/// </summary>
internal static class Judge
{
    /// <summary>The complement of the test accuracy, as some figures print it.</summary>
    public const string TestError = "test-error";

    /// <summary>Seeds that a judgement by value needs.</summary>
    public const int SeedsNeeded = 3;

    /// <summary>Half a point: differences up to it never count.</summary>
    public const double LeastTolerance = 0.005;

    /// <summary>How many standard errors a difference may have.</summary>
    public const double StandardErrors = 2;

    /// <summary>The comparisons of a cell with what its method's authors published; exact ones only, where there are any.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="baselines">Published values.</param>
    /// <param name="reference">The cell of another method, by id, in the same setting under the same noise; null: none.</param>
    public static IReadOnlyList<ComparisonResult> Compare(
        Measurement cell,
        IEnumerable<BaselineFile> baselines,
        Func<string, Measurement?> reference
    )
    {
        var all = baselines
            .SelectMany(file => file.Values.Where(v => v.Role == BaselineRole.Paper && IsAbout(v, cell.Protocol)).Select(v => (file, v)))
            .Where(p => (cell.Final.Count == 0 && p.v.When.Count == 0) || cell.Find(p.v) is not null)
            .Select(p => Compare(cell, p.file, p.v, reference))
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

    private static bool IsAbout(PublishedValue value, Protocol run) => IsSameMethod(value, run) && IsSameNet(value, run);

    private static ComparisonResult Compare(Measurement cell, BaselineFile file, PublishedValue value, Func<string, Measurement?> reference)
    {
        var found = cell.Find(value);
        var protocol = found?.EvaluationSet is { } set ? cell.Protocol with { EvaluationSet = set } : cell.Protocol;
        FieldComparison[] fields =
        [
            .. ProtocolComparer.Compare(value.Protocol, protocol).Where(f => f.State != FieldState.Equal),
            .. found?.Different ?? [],
        ];
        var kind = fields.Any(f => f.State == FieldState.Different) ? ComparisonKind.Scaled : ComparisonKind.Exact;
        var measured = found?.Statistic;
        var direction = Direction(cell, file, value, reference);
        var (judgement, tolerance, sentence) =
            kind == ComparisonKind.Exact ? ByValue(value, measured) : ByDirection(cell, file, measured, direction);
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
            Tolerance = tolerance,
            Direction = direction,
            Fields = fields,
            Sentence = sentence,
        };
    }

    private static (Judgement Judgement, double? Tolerance, string Sentence) ByValue(PublishedValue value, Statistic? measured)
    {
        if (measured is null)
            return (Judgement.Indicative, null, "The same protocol as published, but no run has finished yet.");
        var difference = measured.Mean - value.Value;
        if (measured.Seeds < SeedsNeeded)
            return (
                Judgement.Indicative,
                null,
                $"The same protocol as published, {Format.Points(difference)} from it; {Count.Of(measured.Seeds, "seed")}, a judgement needs {SeedsNeeded}."
            );
        var tolerance = Math.Max(LeastTolerance, StandardErrors * measured.StandardError()!.Value);
        // A difference equal to the tolerance passes, whatever the last bit of a subtraction.
        var reproduced = Math.Abs(difference) <= tolerance + 1e-12;
        return (
            reproduced ? Judgement.Reproduced : Judgement.NotReproduced,
            tolerance,
            $"The same protocol as published: {Format.Points(difference)} from it over {Count.Of(measured.Seeds, "seed")}, {(reproduced ? "within" : "beyond")} the tolerance of {Format.Points(tolerance, signed: false)}."
        );
    }

    private static (Judgement Judgement, double? Tolerance, string Sentence) ByDirection(
        Measurement cell,
        BaselineFile file,
        Statistic? measured,
        DirectionResult? direction
    )
    {
        if (measured is null)
            return (Judgement.NotJudged, null, "Another protocol than published, and no run has finished yet.");
        if (direction is null)
        {
            return (
                Judgement.NotJudged,
                null,
                file.Reference == cell.Protocol.Method?.Id
                    ? "Another protocol than published; this is the method that others are compared with."
                    : $"Another protocol than published, and no direction to judge: {(file.Reference is null ? "the published values name no reference method" : $"{file.Reference} has no published value, or no finished run, to compare with")}."
            );
        }
        var here = direction.IsTie
            ? $"level with {direction.Reference} here"
            : $"{Format.Points(direction.Measured)} against {direction.Reference} here ({Lead.Spread(direction.Paired)})";
        return (
            direction.IsTie ? Judgement.NotJudged
            : direction.Agrees ? Judgement.DirectionAgrees
            : Judgement.DirectionDiffers,
            null,
            $"Another protocol than published, so only the direction counts: {here}, {Format.Points(direction.Published)} as published."
        );
    }

    private static DirectionResult? Direction(
        Measurement cell,
        BaselineFile file,
        PublishedValue value,
        Func<string, Measurement?> reference
    )
    {
        if (file.Reference is not { } id || id == cell.Protocol.Method?.Id)
            return null;
        var rival = file.Values.FirstOrDefault(v =>
            v.Role == BaselineRole.Paper
            && MeasuredConditions.AreEqual(v.When, value.When)
            && v.Metric == value.Metric
            && v.Protocol.Method?.Id == id
            && Same("dataset", v.Protocol.Dataset, value.Protocol.Dataset)
            && Same("noise", v.Protocol.Noise, value.Protocol.Noise)
            && Same("model", v.Protocol.Model, value.Protocol.Model)
        );
        if (rival is null || cell.Find(value) is not { } ours || reference(id)?.Find(rival) is not { } theirs)
            return null;
        var sign = value.HigherIsBetter ? 1 : -1;
        var published = sign * (value.Value - rival.Value);
        var measured = sign * (ours.Statistic.Mean - theirs.Statistic.Mean);
        var paired = value.HigherIsBetter ? Lead.Pair(ours.BySeed, theirs.BySeed) : Lead.Pair(theirs.BySeed, ours.BySeed);
        var isTie = new Lead(measured, paired).IsTie || published.Equals(0);
        return new DirectionResult(id, published, measured, paired, isTie, !isTie && Math.Sign(published) == Math.Sign(measured));
    }

    private static bool Same(string field, ProtocolComponent? a, ProtocolComponent? b) =>
        a is null
            ? b is null
            : ProtocolComparer.Compare(field, a, b).Concat(ProtocolComparer.Compare(field, b, a)).All(f => f.State == FieldState.Equal);
}
