using System.Globalization;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Store;

namespace Sat.Tool.Sweeping;

/// <summary>What an output folder was planned for before.</summary>
internal static class EarlierPlan
{
    /// <summary>The plan that an output folder has; null: none yet.</summary>
    /// <exception cref="SatException">It is of another name (exit code 2).</exception>
    public static Plan? Find(string outputFolder, string name)
    {
        var earlier = Plan.Read(outputFolder);
        return earlier is null || earlier.Name == name
            ? earlier
            : throw new SatException(
                ExitCode.Planning,
                $"{outputFolder} holds the runs of '{earlier.Name}', but these belong to '{name}': choose another folder with --out"
            );
    }

    /// <summary>Refuses the folder of another study; a damaged plan is none, as it is to a sweep.</summary>
    /// <exception cref="SatException">It is of another name (exit code 2).</exception>
    public static void RequireSame(string outputFolder, string name)
    {
        try
        {
            Find(outputFolder, name);
        }
        catch (SatException e) when (e.IsDamage)
        {
            Console.Error.WriteLine($"warning: {e.Message}");
        }
    }

    /// <summary>Single runs gather in one folder; a study's folder belongs to that study alone.</summary>
    public static Plan Joined(Plan plan, string outputFolder)
    {
        Plan? earlier;
        try
        {
            earlier = Find(outputFolder, plan.Name);
        }
        catch (SatException e) when (e.IsDamage)
        {
            Console.Error.WriteLine(
                $"warning: {Path.Combine(outputFolder, Plan.FileName)} is damaged; it is kept as {KeepAside(outputFolder)}, and a new one is written. Finished runs are kept."
            );
            earlier = plan with { Runs = [.. Recorded(outputFolder)] };
        }
        if (earlier is null)
            return plan;
        var wanted = plan.Runs.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        PlannedRun[] others = [.. earlier.Runs.Where(r => !wanted.Contains(r.Id))];
        if (plan.Name is SweepSession.SingleRuns or RunStore.Reproduced)
            return plan with { Metrics = earlier.Metrics, Runs = [.. others, .. plan.Runs] };
        RequireSameMargin(earlier, plan, outputFolder);
        // Verdicts of a folder that has looks are judged by them, whichever command adds to it.
        plan = plan with { Looks = plan.Looks ?? earlier.Looks };
        RequireLooks(plan, outputFolder);
        var left = others.Count(r => Directory.Exists(RunFolder.For(outputFolder, r.Id).Path));
        if (left > 0)
            Console.Error.WriteLine(
                $"note: {Count.Of(left, "run")} of the plan that {outputFolder} had before {Count.Word(left, "is", "are")} not in this one: {Count.Word(left, "it stays, but the report leaves it", "they stay, but the report leaves them")} out. Another folder (--out) would keep both reports."
            );
        return plan;
    }

    /// <summary>A margin that is chosen after results are known proves nothing.</summary>
    private static void RequireSameMargin(Plan earlier, Plan plan, string outputFolder)
    {
        var (before, now) = (earlier.Margin ?? Plan.DefaultMargin, plan.Margin ?? Plan.DefaultMargin);
        if (before.Equals(now) || !earlier.Runs.Any(r => File.Exists(RunFolder.For(outputFolder, r.Id).RecordFile)))
            return;
        throw new SatException(
            ExitCode.Planning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{outputFolder} has runs that were planned with a margin of {before} points, and this study has {now}: a margin counts only if it is stated before the first run. Write 'margin: {before}', or choose another folder with --out"
            )
        );
    }

    /// <summary>Seeds that no look was stated for would spend more than the error rate.</summary>
    private static void RequireLooks(Plan plan, string outputFolder)
    {
        if (plan.Looks is not { } looks)
            return;
        var odd = plan
            .Runs.GroupBy(r => r.Request.Spec.CellId())
            .Select(g => g.Count())
            .FirstOrDefault(count => count > 1 && !looks.Seeds.Contains(count));
        if (odd > 0)
            throw new SatException(
                ExitCode.Planning,
                $"{outputFolder} was begun with looks at {string.Join(", ", looks.Seeds)} seeds, and this study has {odd}: looks count only if they are stated before the first run. Give it as many seeds as one of them, or choose another folder with --out."
            );
    }

    /// <summary>The plan with the metrics that its components declare, and those that it had.</summary>
    public static Plan WithMetrics(this Plan plan, ComponentCatalog catalog)
    {
        var declared =
            from component in plan
                .Runs.SelectMany(r => SpecSlots.In(r.Request.Spec))
                .Select(c => (c.Slot.Kind, c.Component.Id, c.Component.Revision))
                .Distinct()
            from metric in catalog.Find(component.Kind, component.Id, component.Revision)?.Schema.Metrics ?? []
            select metric;
        return plan with
        {
            Metrics = [.. declared.Concat(plan.Metrics).DistinctBy(m => m.Name).OrderBy(m => m.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>Moves a damaged plan out of the way.</summary>
    private static string KeepAside(string outputFolder)
    {
        var path = Path.Combine(outputFolder, Plan.FileName);
        var number = 1;
        string Name() => string.Create(CultureInfo.InvariantCulture, $"{Plan.FileName}.damaged-{number}");
        while (Path.Exists(Path.Combine(outputFolder, Name())))
            number++;
        try
        {
            File.Move(path, Path.Combine(outputFolder, Name()));
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(outputFolder, e);
        }
        return Name();
    }

    /// <summary>The runs that an output folder has records of.</summary>
    private static IEnumerable<PlannedRun> Recorded(string outputFolder)
    {
        foreach (
            var path in Directory
                .EnumerateDirectories(outputFolder)
                .Where(d => RunFolder.IsName(Path.GetFileName(d)))
                .Order(StringComparer.Ordinal)
        )
        {
            RunRecord? record = null;
            try
            {
                record = new RunFolder(path).ReadRecord();
            }
            catch (SatException)
            {
                // Damaged: lists and reports name it.
            }
            if (record is not null)
                yield return new PlannedRun(record.Id, record.Request());
        }
    }
}
