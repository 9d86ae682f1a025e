using System.Diagnostics;
using System.Text.Json.Nodes;
using Sat.Engine.Data;
using Sat.Engine.Training;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine;

/// <summary>How a run is carried out; no part of what it is.</summary>
/// <param name="Device">See <see cref="Devices.Parse"/>.</param>
/// <param name="Threads">Threads within an operation, at least 1.</param>
/// <param name="Tool">Version of the tool, for the record.</param>
public sealed record RunConditions(string Device, int Threads, string Tool);

/// <summary>One run, from its request to its last file. The process does nothing else.</summary>
/// <param name="components">Makes the components.</param>
/// <param name="describePlugins">Package to version and hash, for the record.</param>
/// <param name="layoutOf">The layout of a component's files.</param>
public sealed class RunWorker(
    IComponentFactory components,
    Func<RunSpec, IReadOnlyDictionary<string, string>> describePlugins,
    Func<string, ComponentSpec, DataLayout?> layoutOf)
{
    /// <summary>Carries the run out. Its outcome is in <c>run.json</c>; nothing is thrown for a run that fails by itself.</summary>
    /// <param name="folder">The run's folder, whose lease the caller holds.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device and threads.</param>
    /// <param name="log">Receives what only a developer needs: stack traces.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">It failed for what concerns every run (a full disk); the record says so where it could still be written.</exception>
    public RunRecord Run(RunFolder folder, RunRequest request, RunConditions conditions, TextWriter log, CancellationToken stop)
    {
        foreach (var file in new[] { folder.MetricsFile, folder.TelemetryFile, folder.EventsFile })
            File.Delete(file);
        using var events = new EventLog(folder, request.Spec.Training.Epochs);
        var record = new RunRecord
        {
            Id = request.Spec.Id(),
            Spec = request.Spec,
            Locations = request.Locations,
            Status = RunStatus.Running,
            Started = DateTimeOffset.UtcNow,
        };
        folder.WriteRecord(record);
        events.Append(RunEventKind.Started);
        var clock = Stopwatch.StartNew();
        SatException? obstacle = null;
        try
        {
            record = Train(record, known => folder.WriteRecord(record = known), folder, request, conditions, events, stop) with { Status = RunStatus.Done };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            record = record with { Status = RunStatus.Interrupted, Error = "it was asked to stop before its last epoch" };
        }
        catch (DivergedException e)
        {
            record = record with { Status = RunStatus.Diverged, Error = e.Message, ExitCode = ExitCode.RunFailed };
        }
        catch (SatException e)
        {
            log.WriteLine(e);
            record = record with { Status = RunStatus.Failed, Error = e.Message, ExitCode = e.ExitCode };
            obstacle = e.ConcernsEveryRun ? e : null;
        }
#pragma warning disable CA1031 // A plugin can throw anything; the record must say so.
        catch (Exception e)
        {
            log.WriteLine(e);
            var error = $"{e.GetType().Name}: {e.Message.Split('\n')[0].Trim()} ({Path.GetFileName(folder.LogFile)} has the details)";
            record = record with { Status = RunStatus.Failed, Error = error, ExitCode = ExitCode.RunFailed };
        }
#pragma warning restore CA1031
        using var process = Process.GetCurrentProcess();
        record = record with
        {
            Ended = DateTimeOffset.UtcNow,
            Seconds = clock.Elapsed.TotalSeconds,
            PeakMemoryBytes = process.PeakWorkingSet64,
        };
        folder.WriteRecord(record);
        events.Append(RunEventKind.Ended, e => e with { Status = record.Status });
        return obstacle is null ? record : throw obstacle;
    }

    /// <param name="record">The record so far.</param>
    /// <param name="keep">Takes the record whenever more is known, so that a run that fails tells it too.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device and threads.</param>
    /// <param name="events">For whoever watches.</param>
    /// <param name="stop">Asks it to stop.</param>
    private RunRecord Train(
        RunRecord record, Action<RunRecord> keep, RunFolder folder, RunRequest request, RunConditions conditions, EventLog events, CancellationToken stop)
    {
        Interop.LibTorch.Load();
        set_num_threads(conditions.Threads);
        var device = Devices.Parse(conditions.Device);
        var spec = request.Spec;
        if (spec.Deterministic)
            Interop.Determinism.Require();
        var seeds = new Seeds(spec.Seed);
        record = record with { Environment = EnvironmentProbe.Read(conditions.Tool, device, describePlugins(spec)) };
        keep(record);

        using var data = TrainingData.Open(request, components, new RunFiles(request, layoutOf), seeds, device);
        record = record with { Data = data.Describe(RunArtifacts.WriteNoise(folder, data.NoisePattern)) };
        keep(record);

        using var pixels = new Pixels(data.Dataset.Normalization, device);
        var training = spec.Training;
        var task = new TrainingTask
        {
            CreateBackbone = () => components.CreateModel(spec.Model, new ModelContext(data.Dataset.Shape)),
            Classes = data.Dataset.Classes,
            Shape = data.Dataset.Shape,
            Samples = data.Train.Count,
            Labels = data.Train.Given,
            Epochs = training.Epochs,
            StepsPerEpoch = (data.Train.Count + training.BatchSize - 1) / training.BatchSize,
            Device = device,
            CreateGenerator = name => seeds.Generator("method/" + name),
        };
        manual_seed(seeds.Of(Seeds.Weights));
        var method = components.CreateMethod(spec.Method, task);
        using var network = method.Network;
        record = record with { Derived = Derived(method) };
        keep(record);

        NamedParameter[] parameters = [.. method.Network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => new NamedParameter(p.name, p.parameter))];
        using var optimizer = components.CreateOptimizer(training.Optimizer, parameters);
        var augmentation = components.CreateAugmentation(training.Augmentation);
        var views = (method as IMultiView)?.Views(augmentation) ?? [augmentation];
        var batches = new BatchStream(data.Train, training, views, pixels, seeds, device);
        // Dropout and the like draw from the global generator: its state must not depend on how weights were drawn.
        manual_seed(seeds.Of(Seeds.Training));

        using var listener = new RunFiler(folder, events);
        var rows = new Trainer(training, method, optimizer, components.CreateSchedule(training.Schedule), batches, data, pixels).Run(listener, stop);
        RunArtifacts.WriteResults(folder, method, data, pixels);
        return record with
        {
            Final = rows[^1].Values,
            Best = Best(rows),
            ImagesPerSecond = listener.ImagesPerSecond(data.Train.Count),
        };
    }

    private static BestEpoch? Best(IReadOnlyList<MetricsRow> rows)
    {
        const string by = MetricNames.NoisyValidationAccuracy;
        var best = rows.Where(r => r.Values.ContainsKey(by)).MaxBy(r => r.Values[by]);
        return best is null ? null : new BestEpoch(best.Epoch, by, best.Values);
    }

    private static JsonObject? Derived(Method method) => method is IDerivedOptions { Derived: { Count: > 0 } derived }
        ? new JsonObject(derived.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)JsonValue.Create(d.Value))))
        : null;
}
