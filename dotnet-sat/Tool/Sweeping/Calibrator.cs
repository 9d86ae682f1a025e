using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>Tries how fast the runs of a plan train on this machine, and remembers it.</summary>
/// <param name="home">The tool's state folder.</param>
/// <param name="plugins">Folders given with <c>--plugin</c>.</param>
internal sealed class Calibrator(SatHome home, IReadOnlyList<string> plugins)
{
    /// <summary>Set to 0, nothing is tried.</summary>
    public const string Variable = "SAT_CALIBRATE";

    /// <summary>How long one kind of run may take, its data and all, and how long all of them.</summary>
    private static readonly TimeSpan MostOfOne = TimeSpan.FromSeconds(15),
        MostOfAll = TimeSpan.FromSeconds(30);

    /// <summary>True unless the environment says that nothing is to be tried.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable(Variable) != "0";

    private string FilePath => Path.Combine(home.Root, "calibration.jsonl");

    /// <summary>What was measured before by this version on this machine, the last of each kind of run.</summary>
    /// <exception cref="SatException">The file is damaged (exit code 5).</exception>
    public IReadOnlyList<Trial> Known() =>
        [
            .. JsonLines
                .Read<Trial>(FilePath)
                .Where(t =>
                    t.Machine == Environment.MachineName && t.Processors == Environment.ProcessorCount && t.Tool == ToolInfo.Version
                )
                .GroupBy(t => t.Speed.Kind)
                .Select(g => g.Last()),
        ];

    /// <summary>Tries one run of each kind, those first that most runs are of.</summary>
    /// <param name="runs">Runs whose cost is not known.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>False if time was over before all kinds were tried: the next call tries more.</returns>
    /// <exception cref="SatException">What was measured cannot be kept (exit code 5).</exception>
    public async Task<bool> MeasureAsync(IReadOnlyList<PlannedRun> runs, CancellationToken stop)
    {
        var kinds = runs.GroupBy(r => RunKind.From(r.Request.Spec)).OrderByDescending(g => g.Count()).Select(g => g.First()).ToArray();
        await Console.Error.WriteLineAsync(
            $"Measuring how fast {(kinds.Length == 1 ? "the runs train" : $"{kinds.Length} kinds of runs train")} here, for a few seconds. --no-calibrate skips this."
        );
        var (program, arguments) = ToolInfo.Self();
        var worker = new WorkerProgram(
            program,
            [.. arguments, "worker", .. plugins.SelectMany(p => new[] { "--plugin", Path.GetFullPath(p) })]
        );
        var calibration = new Calibration(new LocalExecutor(worker), "auto", TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        var isOver = true;
        foreach (var run in kinds)
        {
            var left = MostOfAll - TimeProvider.System.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            var most = left < MostOfOne ? left : MostOfOne;
            var started = TimeProvider.System.GetTimestamp();
            if (await calibration.MeasureAsync(run, most, stop) is { } speed)
                Remember(
                    new Trial(Environment.MachineName, Environment.ProcessorCount, ToolInfo.Version, speed) { At = DateTimeOffset.UtcNow }
                );
            else
                // One that fails ends before its time.
                isOver &= TimeProvider.System.GetElapsedTime(started) < most;
        }
        return isOver;
    }

    private void Remember(Trial trial)
    {
        try
        {
            Directory.CreateDirectory(home.Root);
            using var writer = new JsonLinesWriter(FilePath);
            writer.Append(trial);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(FilePath, e, "record how fast runs are in", "Set SAT_HOME to a folder of your own");
        }
    }
}
