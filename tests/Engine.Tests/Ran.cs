using Sat.Records.Arrays;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Tests;

/// <summary>A run that was carried out here, in a folder that is gone when the test is over.</summary>
sealed class Ran : IDisposable
{
    private Ran(RunFolder folder, RunRecord record, string log)
    {
        Folder = folder;
        Record = record;
        Log = log;
    }

    public RunFolder Folder { get; }

    /// <summary>What <c>run.json</c> says.</summary>
    public RunRecord Record { get; }

    /// <summary>What only a developer needs.</summary>
    public string Log { get; }

    public IReadOnlyList<MetricsRow> Metrics => Folder.ReadMetrics();

    public IReadOnlyList<TelemetryRow> Telemetry => JsonLines.Read<TelemetryRow>(Folder.TelemetryFile);

    public IReadOnlyList<RunEvent> Events => JsonLines.Read<RunEvent>(Folder.EventsFile);

    public static Ran Of(
        RunSpec spec,
        IComponentFactory? components = null,
        IReadOnlyDictionary<string, string>? locations = null,
        TimeProvider? time = null,
        CheckpointInterval? checkpoints = null,
        IReadOnlyList<string>? sinks = null,
        int? loaderThreads = null,
        CancellationToken stop = default
    )
    {
        var folder = new RunFolder(Directory.CreateTempSubdirectory("sat-run").FullName);
        return In(folder, spec, components, locations, time, checkpoints, sinks, loaderThreads, stop);
    }

    /// <summary>What is left of a run that was stopped, in its own folder; whoever has that disposes it.</summary>
    public Ran GoOn(RunSpec spec, IComponentFactory components, IReadOnlyDictionary<string, string>? locations = null) =>
        In(Folder, spec, components, locations, null, null, null, null, default);

    private static Ran In(
        RunFolder folder,
        RunSpec spec,
        IComponentFactory? components,
        IReadOnlyDictionary<string, string>? locations,
        TimeProvider? time,
        CheckpointInterval? checkpoints,
        IReadOnlyList<string>? sinks,
        int? loaderThreads,
        CancellationToken stop
    )
    {
        var worker = new RunWorker(components ?? TestedPlugins.Host, time);
        using var log = new StringWriter();
        using var lease = RunLease.TryTake(folder)!;
        worker.Run(
            lease,
            new RunRequest(spec, locations ?? new Dictionary<string, string>())
            {
                Sinks = sinks?.Select(id => new ComponentSpec { Id = id }).ToArray(),
            },
            new RunConditions("cpu", 1, "0.0.0")
            {
                Checkpoints = new(checkpoints ?? CheckpointInterval.Default),
                LoaderThreads = loaderThreads,
            },
            log,
            stop
        );
        return new Ran(folder, folder.ReadRecord()!, log.ToString());
    }

    /// <summary>A run that must come to its end.</summary>
    public static Ran Done(RunSpec spec, IComponentFactory? components = null, TimeProvider? time = null)
    {
        var run = Of(spec, components, time: time);
        Assert.AreEqual(RunStatus.Done, run.Record.Status, $"{run.Record.Error}\n{run.Log}");
        return run;
    }

    public double[] Values(string metric) => [.. Metrics.Select(r => r.Values[metric])];

    public NpyArray Array(string name)
    {
        using var file = File.OpenRead(Folder.File(name));
        return Npy.Read(file);
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(Folder.File(name));

    public void Dispose() => Directory.Delete(Folder.Path, recursive: true);
}
