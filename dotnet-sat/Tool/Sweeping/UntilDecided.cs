using System.Globalization;
using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports;
using Sat.Reports.Results;

namespace Sat.Tool.Sweeping;

/// <summary>Adds seeds where verdicts are open, at looks that are stated before the first run.</summary>
/// <param name="looks">The looks.</param>
/// <param name="replan">Plans the study with these seeds.</param>
/// <param name="sweep">Carries a plan out; gives the exit code.</param>
internal sealed class UntilDecided(SeedLooks looks, Func<IReadOnlyList<long>, Plan> replan, Func<Plan, Task<int>> sweep)
{
    private const int Times = 4;

    /// <summary>The looks of an output folder, as they were stated first; else new ones.</summary>
    /// <param name="outputFolder">The folder.</param>
    /// <param name="plan">The study's plan.</param>
    /// <param name="most">Seeds at the last look; null: four times the study's.</param>
    /// <exception cref="SatException">The folder has others, or has runs and none; or the largest number is no larger than the study's
    /// (exit code 2).</exception>
    public static SeedLooks Looks(string outputFolder, Plan plan, int? most)
    {
        var first = Math.Max(2, Seeds(plan).Count);
        var earlier = EarlierPlan.Find(outputFolder, plan.Name);
        if (earlier?.Looks is { } stated)
            return most is null || most == stated.Most
                ? stated
                : throw new SatException(
                    ExitCode.Planning,
                    $"{outputFolder} was begun with looks at up to {stated.Most} seeds, and looks count only if they are stated before the first run: leave --max-seeds out, or choose another folder with --out."
                );
        if (HasRuns(outputFolder))
            throw new SatException(
                ExitCode.Planning,
                $"{outputFolder} has runs already, and looks count only if they are stated before the first run: choose another folder with --out."
            );
        var last = most ?? Times * first;
        return last > first
            ? SeedLooks.Plan(first, last)
            : throw new SatException(
                ExitCode.Planning,
                $"--max-seeds {last} leaves no room: the first look has {Count.Of(first, "seed")} already. Give a larger number."
            );
    }

    /// <summary>True if there is a record, whether the plan that led to it is there or not.</summary>
    private static bool HasRuns(string outputFolder) =>
        Directory.Exists(outputFolder)
        && Directory
            .EnumerateDirectories(outputFolder)
            .Any(d => RunFolder.IsName(Path.GetFileName(d)) && File.Exists(new RunFolder(d).RecordFile));

    /// <summary>Sweeps, looks, and adds seeds, until nothing is open that seeds can decide.</summary>
    /// <param name="plan">The study's plan.</param>
    /// <param name="outputFolder">Where.</param>
    /// <returns>The exit code, the last plan and its report.</returns>
    public async Task<(int Code, Plan Plan, ReportFiles Report)> Run(Plan plan, string outputFolder)
    {
        long[] own = [.. Seeds(plan)];
        plan = plan with { Looks = looks };
        if (EarlierPlan.Find(outputFolder, plan.Name) is { Looks: not null } earlier)
            plan = GoOn(plan, earlier);
        var seeds = Math.Max(looks.Seeds[0], MostSeeds(plan));
        if (own.Length < looks.Seeds[0])
            plan = Join(plan, WithSeeds(own, looks.Seeds[0]), _ => true);
        while (true)
        {
            var code = await sweep(plan);
            var report = ReportWriter.Write(outputFolder);
            var open = OpenVerdicts.In(report.Document, looks);
            if (code != ExitCode.Fine)
            {
                await Console.Error.WriteLineAsync("Not all runs of this look are done, so no seeds are added yet: repeat the command.");
                return (code, plan, report);
            }
            if (open.Open == 0 || looks.After(seeds) is not { } next)
            {
                Say(open, seeds);
                return (code, plan, report);
            }
            await Console.Error.WriteLineAsync(
                $"{Count.Of(open.Open, "verdict")} {Count.Word(open.Open, "is", "are")} open after {Count.Of(seeds, "seed")}: {Count.Of(open.Cells.Count, "cell")} {Count.Word(open.Cells.Count, "gets", "get")} {next}."
            );
            plan = Join(plan, WithSeeds(own, next), open.Cells.Contains);
            seeds = next;
        }
    }

    private void Say(OpenVerdicts open, int seeds)
    {
        foreach (var sentence in open.BeyondReach)
            Console.Error.WriteLine($"note: {sentence}");
        Console.Error.WriteLine(
            open.Open == 0
                ? $"Every verdict that seeds can decide is decided, with {Count.Of(seeds, "seed")} at most."
                : $"{Count.Of(open.Open, "verdict")} {Count.Word(open.Open, "is", "are")} still open after the last look, at {looks.Most.ToString(CultureInfo.InvariantCulture)} seeds."
        );
    }

    private Plan WithSeeds(long[] own, int count) =>
        replan([.. own, .. Enumerable.Range(1, count - own.Length).Select(i => own.Max() + i)]);

    /// <summary>A plan with the runs of some cells from a larger one, and those that they measure.</summary>
    private static Plan Join(Plan plan, Plan larger, Func<string, bool> isWanted)
    {
        var wanted = larger.Runs.Where(r => isWanted(r.Request.Spec.CellId())).ToArray();
        var known = plan.Runs.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var parents = wanted.Select(r => r.Request.Spec.Parent).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return plan with
        {
            // What is measured comes before its measurement, as in the larger plan.
            Runs = [.. plan.Runs, .. larger.Runs.Where(r => !known.Contains(r.Id) && (parents.Contains(r.Id) || wanted.Contains(r)))],
        };
    }

    /// <summary>A plan with the seeds that were added before.</summary>
    private static Plan GoOn(Plan plan, Plan earlier)
    {
        var known = earlier.Runs.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return plan.Runs.All(r => known.Contains(r.Id)) ? plan with { Runs = earlier.Runs } : plan;
    }

    private static int MostSeeds(Plan plan) => plan.Runs.GroupBy(r => r.Request.Spec.CellId()).Max(g => g.Count());

    private static SortedSet<long> Seeds(Plan plan) => [.. plan.Runs.Select(r => r.Request.Spec.Seed)];
}
