using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sat.Engine;
using Sat.Engine.Conditions;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>worker</c>: carries out the run of a folder. The tool starts itself so for every run; not for people.</summary>
internal static class WorkerCommand
{
    public static Command Create(Signals signals)
    {
        var folder = new Option<string>("--folder") { Required = true };
        var device = SharedOptions.Device();
        var threads = SharedOptions.Threads();
        var loaders = SharedOptions.LoaderThreads();
        var processors = new Option<int?>("--processors");
        var plugins = SharedOptions.Plugin();
        var alone = new Option<bool>("--no-installed");
        var stale = SharedOptions.RemakeStale();
        var command = new Command("worker", "Carry out the run of a folder.")
        {
            folder,
            device,
            threads,
            loaders,
            processors,
            plugins,
            alone,
            stale,
        };
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        command.Hidden = true;
        command.SetAction(parsed =>
            Run(
                new RunFolder(Path.GetFullPath(parsed.GetValue(folder)!)),
                new RunConditions(parsed.GetValue(device)!, parsed.GetValue(threads), ToolInfo.Version)
                {
                    LoaderThreads = parsed.GetValue(loaders),
                    Processors = parsed.GetValue(processors) ?? Environment.ProcessorCount,
                    Checkpoints = checkpoints.Policy(parsed),
                    Resume = checkpoints.Resume(parsed),
                },
                () => parsed.GetValue(alone) ? ToolHost.BuildWith(parsed.GetValue(plugins)!) : ToolHost.Build(parsed.GetValue(plugins)),
                parsed.GetValue(stale),
                signals
            )
        );
        return command;
    }

    private static int Run(RunFolder folder, RunConditions conditions, Func<IHost> build, bool remakeStale, Signals signals)
    {
        try
        {
            return Execute(folder, conditions, build, remakeStale, signals);
        }
        catch (LeaseLostException e)
        {
            Console.Error.WriteLine($"{e.Message}.");
            return WorkerExit.LeaseHeld;
        }
        catch (SatException e) when (e.ConcernsEveryRun)
        {
            Console.Error.WriteLine($"error: {VisibleText.Message(e.Message)}");
            return WorkerExit.NoRunHere;
        }
    }

    private static bool IsByOtherCode(RunFolder folder, RunSpec spec, IHost host) =>
        folder.ReadRecord()?.Environment is { } environment
        && PluginCode.Difference(environment.Plugins, host.Services.GetRequiredService<PluginHost>().Describe(spec)) is not null;

    private static int Execute(RunFolder folder, RunConditions conditions, Func<IHost> build, bool remakeStale, Signals signals)
    {
        if (!Directory.Exists(folder.Path))
            throw new SatException(ExitCode.Environment, $"{folder.Path} does not exist: it is not a run's folder.");
        using var lease = RunLease.WaitToTake(folder, signals.Stop);
        if (lease is null)
            return WorkerExit.LeaseHeld;
        using var orderly = signals.Orderly();
        using var orphan = new ParentWatch(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Stop, orphan.Gone);
        var request = folder.ReadRequest()
            ?? throw new SatException(ExitCode.Environment, $"{folder.Path} has no request.json: it is not a run's folder.");
        using var host = build();
        // Another may have held it, and finished the run, since the sweep looked.
        if (RunIntegrity.IsDone(folder) && !(remakeStale && IsByOtherCode(folder, request.Spec, host)))
            return WorkerExit.LeaseHeld;
        // Before the run is touched: where these fail, it was never begun.
        LibTorch.Load();
        Devices.Parse(conditions.Device);
        var record = host.Services.GetRequiredService<RunWorker>().Run(lease, request, conditions, Console.Error, stop.Token);
        return record.Status switch
        {
            RunStatus.Done => ExitCode.Fine,
            RunStatus.Interrupted => signals.ExitCode ?? ExitCode.Terminated,
            _ => record.ExitCode ?? ExitCode.RunFailed,
        };
    }
}
