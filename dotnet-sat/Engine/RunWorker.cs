using System.Diagnostics;
using System.Text.Json.Nodes;
using Sat.Engine.Checkpoints;
using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Evaluations;
using Sat.Engine.Measures;
using Sat.Engine.Training;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine;

/// <summary>How a run is carried out; no part of what it is.</summary>
/// <param name="Device">See <see cref="Devices.Parse"/>.</param>
/// <param name="Threads">Threads within an operation, at least 1; null: those of the run's earlier part, else one a processor.</param>
/// <param name="Tool">Version of the tool, for the record.</param>
public sealed record RunConditions(string Device, int? Threads, string Tool)
{
    /// <summary>When checkpoints are written.</summary>
    public CheckpointPolicy Checkpoints { get; init; } = new(CheckpointInterval.Default);

    /// <summary>False to begin anew where there is a checkpoint.</summary>
    public bool Resume { get; init; } = true;
}

/// <summary>One run, from its request to its last file. The process does nothing else.</summary>
/// <param name="components">Makes the components.</param>
/// <param name="describePlugins">Package to version and hash, for the record.</param>
/// <param name="schemaOf">A component by slot, as its manifest describes it.</param>
/// <param name="time">By which it tells of its progress; null: the system's.</param>
public sealed class RunWorker(
    IComponentFactory components,
    Func<RunSpec, IReadOnlyDictionary<string, string>> describePlugins,
    Func<string, ComponentSpec, ComponentSchema?> schemaOf,
    TimeProvider? time = null)
{
    /// <summary>Carries the run out, or what is left of it. Its outcome is in <c>run.json</c>; nothing is thrown for a run that fails by itself.</summary>
    /// <param name="lease">The right to work on the run's folder.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device, threads, checkpoints.</param>
    /// <param name="log">Receives what only a developer needs: stack traces.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="LeaseLostException">Another worker has taken the run over; nothing was written since.</exception>
    /// <exception cref="SatException">It failed for what concerns every run (a full disk); the record says so where it could still be written.</exception>
    public RunRecord Run(RunLease lease, RunRequest request, RunConditions conditions, TextWriter log, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lease);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
        var start = RunStart.Prepare(lease, request, conditions.Resume, log);
        using var events = new EventLog(lease.Folder, request.Spec.Training.Epochs);
        var record = start.Record;
        lease.WriteRecord(record);
        events.Append(RunEventKind.Started, e => e with { Step = start.From?.Info.Step, Epoch = start.From?.Info.Position.Epoch });
        var clock = Stopwatch.StartNew();
        var energy = EnergyMeter.Start();
        SatException? obstacle = null;
        try
        {
            void Keep(RunRecord known) => lease.WriteRecord(record = known);
            var device = Prepare(request.Spec, conditions, start, Keep, ref record);
            record = request.Spec.Evaluation is null
                ? Train(record, Keep, lease, request, conditions, start, events, device, log, either.Token)
                : Evaluate(record, lease, request, events, device, either.Token);
            record = record with { Status = RunStatus.Done };
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            lease.Require();
            record = record with { Status = RunStatus.Interrupted, Error = "it was asked to stop before its last epoch" };
        }
        catch (DivergedException e)
        {
            record = record with { Status = RunStatus.Diverged, Error = e.Message, ExitCode = ExitCode.RunFailed };
        }
        catch (SatException e)
        {
            log.WriteLine(e);
            record = record with { Status = RunStatus.Failed, Error = Secrets.Hide(e.Message), ExitCode = e.ExitCode };
            obstacle = e.ConcernsEveryRun ? e : null;
        }
#pragma warning disable CA1031 // A plugin can throw anything; the record must say so.
        catch (Exception e) when (e is not LeaseLostException)
        {
            log.WriteLine(e);
            var failure = RunFailure.Of(e, Path.GetFileName(lease.Folder.LogFile), record.Environment?.Device);
            record = record with { Status = RunStatus.Failed, Error = Secrets.Hide(failure.Error), ExitCode = failure.ExitCode, Failure = failure.Kind };
        }
#pragma warning restore CA1031
        using var process = Process.GetCurrentProcess();
        record = record with
        {
            Ended = DateTimeOffset.UtcNow,
            Seconds = start.SecondsBefore + clock.Elapsed.TotalSeconds,
            PeakMemoryBytes = process.PeakWorkingSet64,
            // libtorch keeps what it has once taken of a card until its process ends: one look at the end sees the most there was.
            PeakDeviceMemoryBytes = record.Environment?.Device is null or "cpu" ? null : GraphicsCard.MemoryOf(process.Id),
            EnergyJoules = energy.Joules(),
        };
        lease.WriteRecord(record);
        if (record.Status == RunStatus.Done)
            new CheckpointFolder(lease.Folder).Clear(lease);
        events.Append(RunEventKind.Ended, e => e with { Status = record.Status });
        return obstacle is null ? record : throw obstacle;
    }

    /// <summary>Loads libtorch and sets what every kind of run is made under.</summary>
    private Device Prepare(RunSpec spec, RunConditions conditions, RunStart start, Action<RunRecord> keep, ref RunRecord record)
    {
        Interop.LibTorch.Load();
        set_num_threads(conditions.Threads ?? start.From?.Info.Environment.Threads ?? Environment.ProcessorCount);
        var device = Devices.Parse(conditions.Device);
        var card = device.type == TorchSharp.DeviceType.CUDA ? GraphicsCard.Read(Math.Max(0, device.index)) : null;
        Precision.Of(spec.Precision).Require(device, card);
        var switches = Switches.Choose(start.From?.Info.Environment);
        if (spec.Deterministic)
        {
            Interop.Kernels.RequireDeterministic();
            switches = switches.Deterministic();
        }
        Interop.Kernels.SearchesForFastest = switches.SearchesKernels;
        record = start.Under(record, EnvironmentProbe.Read(conditions.Tool, device, describePlugins(spec), spec.Deterministic, switches, card));
        keep(record);
        return device;
    }

    private RunRecord Evaluate(RunRecord record, RunLease lease, RunRequest request, EventLog events, Device device, CancellationToken stop)
    {
        const int steps = 1000;
        var evaluator = new Evaluator(components, request, new RunFiles(request, schemaOf, lease.Folder.Output), new Seeds(request.Spec.Seed), device, Switches.Choose(record.Environment).MemoryFormat);
        var outcome = evaluator.Run(share => events.Append(RunEventKind.Progress, e => e with { Epoch = request.Spec.Training.Epochs, Step = (long)(share * steps), Steps = steps }), stop);
        var notes = new List<string>();
        var metrics = new OwnMetrics($"the evaluation '{request.Spec.Evaluation!.Id}'", notes.Add).Finite(outcome.Metrics, request.Spec.Training.Epochs).ToDictionary();
        using (var file = new JsonLinesWriter(lease.Folder.MetricsFile))
            file.Append(new MetricsRow(request.Spec.Training.Epochs, metrics));
        return record with { Data = outcome.Data, Outputs = RunArtifacts.Checksums(lease.Folder), Final = metrics, Warnings = [.. record.Warnings, .. notes] };
    }

    /// <param name="record">The record so far.</param>
    /// <param name="keep">Takes the record whenever more is known, so that a run that fails tells it too.</param>
    /// <param name="lease">The right to write.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device, threads, checkpoints.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="events">For whoever watches.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="log">For developers.</param>
    /// <param name="stop">Asks it to stop.</param>
    private RunRecord Train(
        RunRecord record, Action<RunRecord> keep, RunLease lease, RunRequest request, RunConditions conditions, RunStart start, EventLog events, Device device, TextWriter log, CancellationToken stop)
    {
        var spec = request.Spec;
        var seeds = new Seeds(spec.Seed);
        var notes = new List<string>();

        var files = new RunFiles(request, schemaOf, lease.Folder.Output);
        using var data = TrainingData.Open(request, components, files, seeds, device);
        record = record with { Data = data.Describe(RunArtifacts.WriteNoise(lease, data.NoisePattern)) };
        keep(record);

        var training = spec.Training;
        var switches = Switches.Choose(record.Environment);
        var precision = Precision.Of(spec.Precision);
        var generators = new MethodGenerators(seeds);
        var weights = files.OptionsOf("model", spec.Model).GetValueOrDefault(InitialWeights.Option)?.Location;
        var task = new TrainingTask
        {
            CreateBackbone = () => CreateBackbone(spec.Model, data.Dataset.Shape, weights, backbone => precision.Apply(backbone, device)),
            Autocast = module => precision.Apply(module, device),
            Classes = data.Dataset.Classes,
            Shape = data.Dataset.Shape,
            Samples = data.Train.Count,
            Labels = data.Train.Given,
            Epochs = training.Epochs,
            SamplesPerEpoch = training.SamplesPerEpoch(data.Train.Count),
            StepsPerEpoch = training.StepsPerEpoch(data.Train.Count),
            Device = device,
            CreateGenerator = generators.Create,
        };
        manual_seed(seeds.Of(Seeds.Weights));
        var method = components.CreateMethod(spec.Method, task);
        using var network = method.Network;
        using var pixels = new Pixels(data.Dataset.Normalization, device, switches.MemoryFormat.Lay(network));
        if (method is IClassifier && data.Train.Given is null)
            throw new SatException(ExitCode.Planning, $"method '{spec.Method.Id}' learns from labels, but the training images of dataset '{spec.Dataset.Id}' have none: train on labelled images, or choose a method that needs no labels.");
        // Over images a batch of one still has as many values as it has pixels; what normalises vectors fails on it.
        if (method.Network.modules().Any(m => m is TorchSharp.Modules.BatchNorm1d) && LastBatch.Problem(training, data.Train.Count) is { } problem)
            throw new SatException(ExitCode.Planning, problem);
        record = record with { Derived = Derived(method), Warnings = Warnings(method, training, data.Train.Count) };
        foreach (var warning in record.Warnings)
            log.WriteLine($"warning: {warning}");
        keep(record);

        NamedParameter[] parameters = [.. method.Network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => new NamedParameter(p.name, p.parameter))];
        using var optimizer = components.CreateOptimizer(training.Optimizer, parameters);
        var augmentation = components.CreateAugmentation(training.Augmentation);
        var views = (method as IMultiView)?.Views(augmentation) ?? [augmentation];
        var batches = new BatchStream(data.Train, training, views, pixels, seeds, device, ReadAhead.IsOn(device.type));

        using var scaler = precision.ScalesLoss ? new LossScaler(device) : null;
        using var lossSum = zeros(1, ScalarType.Float64, device).DetachFromDisposeScope();
        var checkpoints = new Checkpointer(
            lease, conditions.Checkpoints, record.Id, record.Environment!, start.From, new LiveState(method, new OptimizerState(optimizer, parameters), batches, generators, lossSum, scaler), log);
        using var probe = training.Probe is { } evaluation ? new Probe(evaluation, training, components, method, data, pixels, seeds, device) : null;
        using var listener = new RunFiler(lease, events);
        var trainer = new Trainer(training, spec.Method.Id, method, optimizer, components.CreateSchedule(training.Schedule), batches, data, pixels, seeds, lossSum,
            OptimizerStep.Of(optimizer, switches.FusedStep, scaled: scaler is not null), Noted, scaler, probe, time);
        var rows = trainer.Run(checkpoints, listener, stop);
        RunArtifacts.WriteResults(lease, method, data, pixels);
        return record with
        {
            Outputs = RunArtifacts.Checksums(lease.Folder),
            Final = rows[^1].Values,
            Warnings = [.. record.Warnings, .. notes],
            Best = Best(rows),
            ImagesPerSecond = listener.ImagesPerSecond(batches.SamplesPerEpoch),
            Checkpoints = checkpoints.Written > 0 ? new CheckpointCost(checkpoints.Written, checkpoints.WriteSeconds) : null,
        };

        void Noted(string sentence)
        {
            notes.Add(sentence);
            log.WriteLine(sentence);
        }
    }

    private Backbone CreateBackbone(ComponentSpec spec, ImageShape shape, string? weights, Action<Backbone> prepare)
    {
        var backbone = components.CreateModel(spec, new ModelContext(shape));
        if (weights is not null)
            WeightsLoader.Load(backbone, weights);
        prepare(backbone);
        return backbone;
    }

    private static BestEpoch? Best(IReadOnlyList<MetricsRow> rows)
    {
        const string by = MetricNames.NoisyValidationAccuracy;
        var best = rows.Where(r => r.Values.ContainsKey(by)).MaxBy(r => r.Values[by]);
        return best is null ? null : new BestEpoch(best.Epoch, by, best.Values);
    }

    private static IReadOnlyList<string> Warnings(Method method, TrainingSpec training, long samples)
    {
        var lastBatch = method.Network.modules().Any(m => m is TorchSharp.Modules.BatchNorm) ? LastBatch.Warning(training, samples) : null;
        return [.. (method as IMethodWarnings)?.Warnings ?? [], .. lastBatch is null ? Array.Empty<string>() : [lastBatch]];
    }

    private static JsonObject? Derived(Method method) => method is IDerivedOptions { Derived: { Count: > 0 } derived }
        ? new JsonObject(derived.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)JsonValue.Create(d.Value))))
        : null;
}
