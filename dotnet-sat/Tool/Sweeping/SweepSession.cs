using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sat.Engine.Conditions;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Specs;
using Sat.Reports;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;
using Sat.Tool.Backends;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Spectre.Console;

namespace Sat.Tool.Sweeping;

/// <summary>Carries a plan out and shows how it goes.</summary>
internal static class SweepSession
{
    /// <summary>Name of the plan that gathers single runs.</summary>
    public const string SingleRuns = "single";

    /// <summary>Runs what is left of a plan, which is written into the folder first.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputFolder">Where run folders lie.</param>
    /// <param name="conditions">How.</param>
    /// <param name="host">The tool's services.</param>
    /// <param name="signals">Asks it to stop.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SatException">The folder cannot be written, or something keeps every run from being made here (exit code
    /// 5).</exception>
    public static async Task<int> Run(Plan plan, string outputFolder, SweepConditions conditions, IHost host, Signals signals)
    {
        // Once, here: else every run would fail and say so.
        var cards = await Require(conditions.Device, signals);
        if (cards.Count == 0 && !conditions.Device.StartsWith("cuda", StringComparison.Ordinal))
            RequireOnCpu(plan);
        var home = host.Services.GetRequiredService<SatHome>();
        using var use = host.Services.GetRequiredService<PluginHost>().Use([.. plan.Runs.Select(r => r.Request)]);
        var catalog = host.Services.GetRequiredService<ComponentCatalog>();
        OutputPlace.Require(plan, outputFolder, catalog);
        EarlierPlan.Joined(plan, outputFolder).WithMetrics(catalog).Write(outputFolder);
        var (jobs, threads, notice) = Concurrency.For(
            conditions.Jobs,
            conditions.Threads,
            Environment.ProcessorCount,
            cards.Count > 0 || conditions.Device.StartsWith("cuda", StringComparison.Ordinal)
        );
        OpenFiles.Require(jobs);
        if (notice is not null && plan.Runs.Count > jobs)
            await Console.Error.WriteLineAsync(notice);
        var (program, arguments) = ToolInfo.Self();
        string[] worker =
        [
            .. threads is { } each ? ["--threads", each.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. conditions.LoaderThreads is { } loaders
                ? ["--loader-threads", loaders.ToString(CultureInfo.InvariantCulture)]
                : Array.Empty<string>(),
            "--processors",
            Math.Max(1, Environment.ProcessorCount / jobs).ToString(CultureInfo.InvariantCulture),
            .. conditions.Checkpoints,
            .. conditions.RemakeStale ? ["--remake-stale"] : Array.Empty<string>(),
            "--no-installed",
            .. host
                .Services.GetRequiredService<PluginHost>()
                .Folders([.. plan.Runs.Select(r => r.Request)])
                .Where(f => !ToolInfo.IsBuiltIn(f))
                .SelectMany(f => new[] { "--plugin", f }),
        ];
        var executor = conditions.Executor?.Invoke(worker)
            ?? new LocalExecutor(new WorkerProgram(program, [.. arguments, "worker", .. worker]));
        var history = new RunHistory(host.Services.GetRequiredService<SatHome>());
        using var report = conditions.Reports ? new LiveReport(() => ReportWriter.Write(outputFolder), TimeProvider.System) : null;
        var placement = cards.Count > 0 ? Cards.Place(cards, jobs, history.Footprints) : Placement.On(conditions.Device);
        var options = new SweepOptions
        {
            Jobs = jobs,
            FailFast = conditions.FailFast,
            StallAfter = conditions.StallAfter,
            Installed = host.Services.GetRequiredService<PluginHost>().Describe,
            RemakeStale = conditions.RemakeStale,
        };

        var names = RunNames.For(plan.Runs.Select(r => r.Request));
        if (plan.Runs.Count > 1)
            await Console.Error.WriteLineAsync($"{Count.Of(plan.Runs.Count, "run")}: {names.Shared}");
        var measured = new MetricText(catalog.Metrics);
        using var events = conditions.Json ? new JsonProgress(Terminal.BufferedOut(), outputFolder, names) : null;
        events?.Started(plan);

        Task<SweepResult> Sweep(ISweepListener progress, Action<string> warn) =>
            new SweepRunner(
                executor,
                placement,
                options,
                [progress, history, new RunWarnings(plan, warn), .. new ISweepListener?[] { events, report }.OfType<ISweepListener>()]
            ).RunAsync(plan, outputFolder, signals.Stop, signals.Kill);

        using var orderly = signals.Orderly(Stopping);
        SweepResult result;
        // JSON and a live display cannot share a terminal.
        if (Terminal.IsInteractive && (!conditions.Json || Console.IsOutputRedirected))
        {
            var column = new LineColumn();
            var share = new SweepShare(plan.Runs, Speed.Read(RunHistory.SpeedFile(home)));
            result = await Terminal
                .Error.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(column)
                .StartAsync(context => Sweep(new BarProgress(context, names, measured, share, column, plan.Runs.Count), Terminal.Warn));
        }
        else
        {
            result = await Sweep(new LineProgress(Console.Error, plan.Runs.Count, names, measured), warning =>
                Console.Error.WriteLine(VisibleText.Message($"warning: {warning}"))
            );
        }
        events?.Finished(result, signals.ExitCode ?? result.ExitCode);
        foreach (var error in result.ListenerErrors.DistinctBy(e => e.Message))
            await Console.Error.WriteLineAsync($"warning: {(error is SatException ? "" : "while showing progress: ")}{error.Message}");
        await Console.Error.WriteLineAsync(Summary(result));
        if (result.ByOtherCode > 0)
            await Console.Error.WriteLineAsync(
                $"{Count.Of(result.ByOtherCode, "run")} done before by other plugin builds than those installed: --remake-stale repeats {Count.Word(result.ByOtherCode, "it", "them")}."
            );
        if (result.Stopped)
            await Console.Error.WriteLineAsync("Repeat the command to do the rest.");
        if (result.Obstacle is { } obstacle)
            throw obstacle;
        return signals.ExitCode ?? result.ExitCode;
    }

    /// <summary>Where no run of a plan can be made on the CPU, none begins.</summary>
    private static void RequireOnCpu(Plan plan)
    {
        var precisions = plan.Runs.Select(r => r.Request.Spec.Precision).Distinct().Select(Precision.Parse).ToArray();
        if (precisions is [{ CpuRefusal: { } refusal }])
            throw new SatException(ExitCode.Environment, $"{refusal}.");
    }

    /// <summary>
    /// Refuses what would end every worker: a libtorch whose functions are not those that TorchSharp calls, by a signal and without a word,
    /// and a CUDA device that is not there.
    /// </summary>
    /// <returns>The cards to place runs on; none where the worker is to see for itself what the device is.</returns>
    private static async Task<IReadOnlyList<string>> Require(string device, Signals signals)
    {
        var backend = LibTorch.Require();
        var cards = Cards.For(device);
        var isCardUntried = device.StartsWith("cuda", StringComparison.Ordinal) && (cards.Count == 0 || !backend.HasCuda);
        if (!backend.IsUntried && !isCardUntried)
            return cards;
        var trial = await Try(backend, signals);
        return isCardUntried && Devices.Missing(device, trial.Devices, () => trial.Cuda) is { } missing ? throw missing : cards;
    }

    private static async Task<BackendTrial> Try(ChosenBackend backend, Signals signals)
    {
        try
        {
            return await BackendTrial.Run(backend.Folder, signals.Stop);
        }
        catch (SatException e) when (backend.IsUntried)
        {
            throw new SatException(
                e.ExitCode,
                $"{e.Message.TrimEnd('.')}. {LibTorch.Variable} names it: unset it, or set it to another folder.",
                inner: e
            );
        }
    }

    private static void Stopping(int exitCode)
    {
        var text =
            exitCode == ExitCode.Interrupted
                ? "interrupted: waiting for the workers to save a checkpoint and stop; Ctrl-C again ends them at once"
                : "terminated: waiting for the workers to save a checkpoint and stop";
        if (Terminal.IsInteractive)
            Terminal.Above(text);
        else
            Console.Error.WriteLine(text);
    }

    private static string Summary(SweepResult result)
    {
        (int Count, string Text)[] parts =
        [
            (result.Done, "done"),
            (result.DoneBefore, "done before"),
            (result.Failed, "failed"),
            (result.Diverged, "diverged"),
            (result.Interrupted, "interrupted"),
            (result.Elsewhere, "running elsewhere"),
            (result.NotStarted, "not started"),
        ];
        return "runs: " + string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count} {p.Text}"));
    }
}
