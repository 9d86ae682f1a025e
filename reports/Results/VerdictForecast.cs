using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Protocols;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Published;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>What a plan's seeds can decide, told before the first run.</summary>
/// <param name="Verdicts">The comparisons by value.</param>
/// <param name="Directions">The comparisons by direction alone.</param>
/// <param name="Seeds">The fewest seeds that a cell of the plan has.</param>
/// <param name="Lead">The lead of one method over another that these seeds show with a power of 80 %, in points; null: none, or the
/// deviation is not known.</param>
public sealed record VerdictForecast(
    IReadOnlyList<PlannedVerdict> Verdicts,
    IReadOnlyList<PlannedDirection> Directions,
    int Seeds,
    double? Lead
)
{
    /// <summary>Looks ahead.</summary>
    /// <param name="plan">The plan, with its published values.</param>
    /// <param name="deviation">Standard deviation of one seed, in points, where none is published; null: not assumed.</param>
    public static VerdictForecast From(Plan plan, double? deviation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        BaselineFile[] baselines = [.. plan.Published.Select(BaselineLibrary.Read)];
        var margin = plan.Margin ?? Plan.DefaultMargin;
        var cells = plan.Runs.Select(r => r.Request.Spec).GroupBy(s => s.CellId()).Select(g => g.ToArray()).ToArray();
        var methods = AxisLabels.For(cells.Select(c => c[0].Method), withNumbers: false);
        var noises = AxisLabels.For(cells.Select(c => c[0].Noise), withNumbers: true);
        var verdicts =
            from cell in cells
            let conditions = Conditions(plan, cell[0])
            from value in baselines.SelectMany(f => f.Values)
            where value.Role == BaselineRole.Paper && IsExact(value, cell[0], conditions)
            select (
                value,
                Verdict: Look(cell, value, margin, deviation) with
                {
                    Setting = $"{cell[0].Dataset.Id} {cell[0].Model.Id}",
                    Method = methods[cell[0].Method].Label,
                    Noise = noises[cell[0].Noise].Label,
                }
            );
        var seeds = cells.Select(c => c.Select(s => s.Seed).Distinct().Count()).DefaultIfEmpty(0).Min();
        var exact = verdicts.DistinctBy(v => v.value).ToArray();
        var directions =
            from cell in cells
            let spec = cell[0]
            let protocol = Protocol.From(spec, null)
            where spec.Evaluation is null
            from file in baselines
            where cells.Any(c => IsReference(c[0], spec, file.Reference))
            from value in file.Values
            where value.Role == BaselineRole.Paper && value.When.Count == 0 && Judge.IsAbout(value, protocol)
            where exact.All(e => e.value != value)
            let rival = Judge.Rival(file, value, protocol)
            where rival is not null
            select (
                value,
                Direction: Look(cell, 100 * (value.HigherIsBetter ? 1 : -1) * (value.Value - rival.Value), deviation) with
                {
                    Setting = $"{spec.Dataset.Id} {spec.Model.Id}",
                    Method = methods[spec.Method].Label,
                    Reference = file.Reference!,
                    Noise = noises[spec.Noise].Label,
                }
            );
        return new VerdictForecast(
            [.. exact.Select(v => v.Verdict)],
            [.. directions.DistinctBy(d => d.value).Select(d => d.Direction)],
            seeds,
            deviation is { } sd && seeds > 1 ? VisibleLead(sd, seeds) : null
        );
    }

    /// <summary>True for the cell of another method that is the same but for it.</summary>
    private static bool IsReference(RunSpec other, RunSpec spec, string? method) =>
        other.Method.Id == method
        && other.Evaluation is null
        && other.Dataset.Equals(spec.Dataset)
        && other.Noise.Equals(spec.Noise)
        && other.Model.Equals(spec.Model);

    private static PlannedDirection Look(RunSpec[] cell, double lead, double? deviation)
    {
        var seeds = cell.Select(s => s.Seed).Distinct().Count();
        double? decided =
            deviation is { } sd && seeds > 1 ? new VerdictPower(Math.Abs(lead), 0).Paired(sd * Math.Sqrt(2), seeds).Different : null;
        return new PlannedDirection("", "", "", "", lead, seeds, decided);
    }

    private static MeasuredConditions[] Conditions(Plan plan, RunSpec spec) =>
        spec.Evaluation is null || spec.EvaluateOn?.Dataset is not null
            ? []
            : [.. MeasuredConditions.For(spec, plan.Metrics.Select(m => m.Name), new MetricCatalog(plan.Metrics))];

    /// <summary>A value without a condition is about the runs that train, another about an evaluation that meets its condition.</summary>
    private static bool IsExact(PublishedValue value, RunSpec spec, MeasuredConditions[] conditions)
    {
        var protocol = Protocol.From(spec, null);
        if (value.When.Count == 0)
            return spec.Evaluation is null && Judge.IsExactAsPlanned(value, protocol);
        return conditions.FirstOrDefault(c => c.Satisfy(value)) is { Different.Count: 0 } found
            && Judge.IsExactAsPlanned(value, found.EvaluationSet is { } set ? protocol with { EvaluationSet = set } : protocol);
    }

    private static PlannedVerdict Look(RunSpec[] cell, PublishedValue value, double margin, double? assumed)
    {
        var seeds = cell.Select(s => s.Seed).Distinct().Count();
        var deviation = assumed ?? 100 * value.Deviation;
        Chances? At(double gap, int n) =>
            deviation is not { } sd || n < 2 ? null
            : value is { Deviation: { } published, Trials: >= 2 and var trials }
                ? new VerdictPower(gap, margin).PublishedGiven(sd, n, 100 * published, trials)
            : new VerdictPower(gap, margin).PublishedDraw(sd, n);
        var when = string.Concat(value.When.Select(w => $", {w.Key} {w.Value}"));
        return new PlannedVerdict(
            "",
            "",
            "",
            $"{Format.Number(100 * value.Value)}{when}",
            seeds,
            deviation,
            At(0, seeds)?.Equivalent,
            At(2 * margin, seeds)?.Different,
            deviation is null ? null : VerdictPower.Seeds(n => At(0, n)!.Equivalent)
        );
    }

    /// <summary>Of two methods whose seeds scatter alike and independently.</summary>
    private static double VisibleLead(double deviation, int seeds)
    {
        var difference = deviation * Math.Sqrt(2);
        var (low, high) = (0.0, 1000 * deviation);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = new VerdictPower(middle, 0).Paired(difference, seeds).Different < Chances.Wanted ? (middle, high) : (low, middle);
        }
        return high;
    }
}
