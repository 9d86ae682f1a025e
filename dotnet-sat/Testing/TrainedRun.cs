using System.Text.Json.Nodes;
using Sat.Engine;
using Sat.Engine.Checkpoints;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sdk.Testing;

/// <summary>What came of a run. Dispose it: its folder goes with it.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly RunFolder _folder;
    private readonly RunRequest _request;

    private TrainedRun(RunFolder folder, RunRequest request, RunRecord record, string log)
    {
        _folder = folder;
        _request = request;
        Record = record;
        Log = log;
    }

    /// <summary>What the run recorded: how it ended, its outputs by checksum, its warnings.</summary>
    public RunRecord Record { get; }

    /// <summary>The traces of what it threw.</summary>
    public string Log { get; }

    /// <summary>The run's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Metrics of each epoch.</summary>
    public IReadOnlyList<MetricsRow> Metrics => _folder.ReadMetrics();

    /// <summary>What each epoch cost.</summary>
    public IReadOnlyList<TelemetryRow> Telemetry => JsonLines.Read<TelemetryRow>(_folder.TelemetryFile);

    /// <summary>The values of a metric, epoch by epoch.</summary>
    public IReadOnlyList<double> Values(string metric) => [.. Metrics.Select(r => r.Values[metric])];

    /// <summary>Throws unless the run came to its end.</summary>
    /// <exception cref="ConformanceException">It failed, diverged or was stopped.</exception>
    public TrainedRun RequireDone()
    {
        ConformanceException.Require(Record.Status == RunStatus.Done, $"the run ended as {Record.Status}: {Record.Error}\n{Log}");
        return this;
    }

    /// <summary>Measures the run, which must be done, as <c>dotnet sat evaluate</c> does.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="id">The evaluation's id.</param>
    /// <param name="options">Option name to value.</param>
    public TrainedRun Evaluate(PluginUnderTest plugin, string id, JsonObject? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var evaluation = plugin.Component(ComponentKind.Evaluation, id, options);
        var locations = new Dictionary<string, string>(_request.Locations) { [RunRequest.Parent] = _folder.Path };
        foreach (var (option, path) in evaluation.Paths)
            locations[$"{SpecSlots.Evaluation}.{option}"] = path;
        var request = _request with
        {
            Spec = _request.Spec with { Evaluation = evaluation.Spec, Parent = Record.Id },
            Locations = locations,
        };
        return In(NewFolder(), request, plugin.Host, CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    internal static TrainedRun Of(PluginUnderTest plugin, RunSetup setup, Action<Method, TrainingTime>? stepBegins = null) =>
        In(
            NewFolder(),
            setup.Resolve(plugin),
            stepBegins is null ? plugin.Host : new WatchedComponents(plugin.Host, stepBegins),
            CancellationToken.None
        );

    /// <summary>The same run, stopped as a worker that is asked to end, and then carried on with by another.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="setup">The run.</param>
    /// <param name="afterSteps">Steps after which it is stopped.</param>
    internal static TrainedRun Stopped(PluginUnderTest plugin, RunSetup setup, long afterSteps)
    {
        var (folder, request) = (NewFolder(), setup.Resolve(plugin));
        using var stop = new CancellationTokenSource();
        var stopping = new WatchedComponents(plugin.Host, (_, time) =>
        {
            if (time.Step == afterSteps - 1)
                stop.Cancel();
        });
        var stopped = In(folder, request, stopping, stop.Token);
        ConformanceException.Require(
            stopped.Record.Status == RunStatus.Interrupted,
            $"the run was stopped after {afterSteps} steps, and ended as {stopped.Record.Status}: {stopped.Record.Error}\n{stopped.Log}"
        );
        return In(folder, request, plugin.Host, CancellationToken.None);
    }

    private static RunFolder NewFolder() => new(Directory.CreateTempSubdirectory("sat-run").FullName);

    private static TrainedRun In(RunFolder folder, RunRequest request, IComponentFactory components, CancellationToken stop)
    {
        using var log = new StringWriter();
        using var lease = RunLease.TryTake(folder)!;
        new RunWorker(components).Run(
            lease,
            request,
            new RunConditions("cpu", 1, "0.0.0") { Checkpoints = new CheckpointPolicy(CheckpointInterval.Default) },
            log,
            stop
        );
        return new TrainedRun(folder, request, folder.ReadRecord()!, log.ToString());
    }
}
