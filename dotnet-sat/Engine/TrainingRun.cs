using System.Text.Json.Nodes;
using Sat.Engine.Checkpoints;
using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Evaluations;
using Sat.Engine.Randomness;
using Sat.Engine.Sinks;
using Sat.Engine.Training;
using Sat.Engine.Weights;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine;

/// <summary>A run that trains: its parts, put together in the order in which they draw random numbers.</summary>
/// <param name="session">The run.</param>
/// <param name="components">Makes its components.</param>
/// <param name="computation">Where and how it computes.</param>
/// <param name="time">By which it measures seconds.</param>
internal sealed class TrainingRun(RunSession session, IComponentFactory components, Computation computation, TimeProvider time)
{
    private readonly RunSpec _spec = session.Spec;
    private readonly Seeds _seeds = new(session.Spec.Seed);
    private readonly RunFiles _files = new(session.Request, components, session.Lease.Folder.Output, session.Tell);

    /// <summary>Trains, and adds what came of it to the record.</summary>
    public void Run()
    {
        using var data = TrainingData.Open(session.Request, components, _files, _seeds, computation.Device, computation.Loading.Threads);
        session.Update(r => r with { Data = data.Describe(RunArtifacts.WriteNoise(session.Lease, data.NoisePattern)) });
        foreach (var warning in data.Warnings)
            session.Warn(warning);

        var generators = new MethodGenerators(_seeds);
        var method = CreateMethod(data, generators);
        var errors = new MethodErrors(_spec.Method.Id, method);
        using var network = method.Network;
        Check(method, errors, data);

        var normalization = Normalization(data);
        using var pixels = new Pixels(normalization, computation.Device, computation.Switches.MemoryFormat.Lay(network));
        using var groups = TrainedGroups.Create(
            method,
            errors,
            parameters => components.CreateOptimizer(_spec.Training.Optimizer, parameters),
            computation.Switches.FusedStep,
            scaled: computation.Precision.ScalesLoss
        );
        var augmentation = components.CreateAugmentation(
            _spec.Training.Augmentation,
            _files.Verified(SpecSlots.Augmentation, _spec.Training.Augmentation)
        );
        var views = (method as IMultiView)?.Views(augmentation) ?? [augmentation];
        var readAhead = computation.Loading.Ahead;
        using var others = SideStreams.Create(method, errors, data, augmentation, views, pixels, _seeds, computation.Device, readAhead);
        var batches = new BatchStream(
            data.Train,
            _spec.Training,
            views,
            pixels,
            _seeds,
            computation.Device,
            readAhead,
            Sampler(method, errors),
            others
        );
        using var state = new TrainingState(
            method,
            groups,
            batches,
            generators,
            computation.Precision.ScalesLoss ? new LossScaler(computation.Device) : null
        );
        var checkpoints = new Checkpointer(
            session.Lease,
            session.Conditions.Checkpoints,
            session.Record.Id,
            session.Record.Environment!,
            session.Start.From,
            state,
            session.Log
        );

        using var probe = _spec.Training.Probe is { } evaluation
            ? new Probe(
                (evaluation, _files.Verified(SpecSlots.Probe, evaluation)),
                _spec.Training,
                components,
                method,
                data,
                pixels,
                _seeds,
                computation.Device
            )
            : null;
        var loop = new TrainingLoop(_spec, components.CreateSchedule(_spec.Training.Schedule), _seeds, time);
        var folder = session.Lease.Folder;
        var speed = new SpeedMeter(folder);
        using var sinks = new RunSinks(
            session.Lease,
            [
                new MetricsSink(folder),
                new TensorBoardSink(session.Lease),
                new TelemetrySink(folder),
                speed,
                new KeptWeights(session.Lease, _spec.Training, method, normalization),
                .. PluginSinks(),
            ],
            session.Events
        );
        var evaluated = new EpochEvaluation(_spec, method, errors, data, pixels, probe, session.Warn);
        var outcome = new Trainer(state, loop, evaluated, checkpoints, sinks).Run(session.Stop);

        RunArtifacts.WriteResults(session.Lease, method, data, pixels, normalization);
        RunArtifacts.WriteOwn(session.Lease, method, errors);
        session.Update(r =>
            r with
            {
                Outputs = RunArtifacts.Checksums(session.Lease.Folder),
                Final = outcome.Final,
                Selected = outcome.Selected,
                Best = Best(outcome.Rows),
                ImagesPerSecond = speed.ImagesPerSecond(batches.SamplesPerEpoch),
                Checkpoints = checkpoints.Written > 0 ? new CheckpointCost(checkpoints.Written, checkpoints.WriteSeconds) : null,
            }
        );
    }

    private IEnumerable<IRunSink> PluginSinks()
    {
        var context = new SinkContext(
            session.Record.Id,
            _spec,
            Path.GetFullPath(session.Lease.Folder.Path),
            session.Start.From?.Info.Position.Epoch ?? 0
        );
        return (session.Request.Sinks ?? []).Select(s => new PluginSink(s.Id, () => components.CreateSink(s, context), session.Warn));
    }

    private Method CreateMethod(TrainingData data, MethodGenerators generators)
    {
        var (training, samples) = (_spec.Training, data.Train.Count);
        var paths = _files.Verified(SpecSlots.Model, _spec.Model);
        var task = new TrainingTask
        {
            CreateBackbone = () => CreateBackbone(data.Dataset.Shape, paths),
            Autocast = module => computation.Precision.Apply(module, computation.Device),
            Classes = data.Dataset.Classes,
            Shape = data.Dataset.Shape,
            Normalization = Normalization(data),
            Samples = samples,
            Labels = data.Train.Given,
            Epochs = training.Epochs,
            SamplesPerEpoch = training.SamplesPerEpoch(samples),
            BatchSize = training.BatchSize,
            StepsPerEpoch = training.StepsPerEpoch(samples),
            Device = computation.Device,
            CreateGenerator = generators.Create,
            LoadNetwork = BackboneWeights.LoadNetwork,
        };
        var files = _files.Verified(SpecSlots.Method, _spec.Method);
        manual_seed(_seeds.For(Seeds.Weights));
        return components.CreateMethod(_spec.Method, task, files);
    }

    private Normalization? Normalization(TrainingData data) =>
        DatasetNormalization.IsOn(_spec.Dataset.Options) ? data.Dataset.Normalization : null;

    private Backbone CreateBackbone(ImageShape shape, IReadOnlyDictionary<string, string> paths)
    {
        var backbone = components.CreateModel(_spec.Model, new ModelContext(shape), paths);
        if (paths.GetValueOrDefault(InitialWeights.Option) is { } weights)
            BackboneWeights.Load(weights, backbone);
        computation.Precision.Apply(backbone, computation.Device);
        return backbone;
    }

    /// <summary>The method's order of an epoch's samples; null: it leaves that to the engine.</summary>
    private static Func<int, Generator, Tensor>? Sampler(Method method, MethodErrors errors) =>
        method is ISampler sampler
            ? (epoch, random) =>
                Positions.Require(
                    sampler.Order(epoch, random),
                    method.Task.SamplesPerEpoch,
                    method.Task.Samples,
                    $"{nameof(ISampler)}.{nameof(ISampler.Order)}",
                    errors
                )
            : null;

    /// <summary>Refuses what cannot be trained, and warns of what is probably not meant.</summary>
    private void Check(Method method, MethodErrors errors, TrainingData data)
    {
        var (training, samples) = (_spec.Training, data.Train.Count);
        // Beside images without labels, a stream may bring those that have some.
        if (method is IClassifier && data.Train.Given is null && !(method is IBatchStreams && data.Dataset is IHasLabeled))
            throw new SatException(
                ExitCode.Planning,
                $"method '{_spec.Method.Id}' learns from labels, but the training images of dataset '{_spec.Dataset.Id}' have none: train on labelled images, or choose a method that needs no labels."
            );
        if (method is IOwnStep && computation.Precision.ScalesLoss)
            throw errors.Refuse(
                $"makes its steps itself, and {computation.Precision.Name} scales the loss, which only the engine's own step can do: choose bf16 or fp32"
            );
        if (method is IEpochSelection && !(method is IClassifier && data.Validation?.Given is not null))
            throw errors.Refuse(
                "chooses its epoch by its accuracy on held-out labelled samples, and there are none: set training.validation to how many are to be held out"
            );
        // Over images a batch of one still has as many values as it has pixels; what normalises vectors fails on it.
        if (method.Network.modules().Any(m => m is TorchSharp.Modules.BatchNorm1d) && LastBatch.Problem(training, samples) is { } problem)
            throw new SatException(ExitCode.Planning, problem);
        if (method is IDerivedOptions { Derived: { Count: > 0 } derived })
            session.Update(r =>
                r with
                {
                    Derived = new JsonObject(derived.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)JsonValue.Create(d.Value)))),
                }
            );
        foreach (var warning in (method as IMethodWarnings)?.Warnings ?? [])
            session.Warn(warning);
        if (method.Network.modules().Any(m => m is TorchSharp.Modules.BatchNorm) && LastBatch.Warning(training, samples) is { } lastBatch)
            session.Warn(lastBatch);
        if (LastBatch.Oversized(training, samples) is { } oversized)
            session.Warn(oversized);
    }

    private static BestEpoch? Best(IReadOnlyList<MetricsRow> rows)
    {
        const string by = MetricNames.NoisyValidationAccuracy;
        var best = rows.Where(r => r.Values.ContainsKey(by)).MaxBy(r => r.Values[by]);
        return best is null ? null : new BestEpoch(best.Epoch, by, best.Values);
    }
}
