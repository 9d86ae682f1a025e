using Sat.Records.Components;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>The components of the plugins, but for those that a test puts in their place.</summary>
sealed class Components : IComponentFactory
{
    private static readonly IComponentFactory Host = TestedPlugins.Host;

    public Func<IDataset>? Dataset { get; init; }

    public Func<ComponentSpec, IAugmentation>? Augmentation { get; init; }

    public Func<TrainingTask, Method>? Method { get; init; }

    public Func<IReadOnlyList<NamedParameter>, optim.Optimizer>? Training { get; init; }

    public Func<ISchedule>? Schedule { get; init; }

    public Func<SinkContext, IRunSink>? Sink { get; init; }

    public Func<EvaluationContext, IReadOnlyDictionary<string, double>>? Evaluation { get; init; }

    /// <summary>The names that the optimizer was given.</summary>
    public IReadOnlyList<string> Optimized { get; private set; } = [];

    /// <summary>The optimizer of the run.</summary>
    public optim.Optimizer? Optimizer { get; private set; }

    public ComponentSchema? SchemaOf(ComponentKind kind, ComponentSpec spec) => Host.SchemaOf(kind, spec);

    public IReadOnlyDictionary<string, string> PluginsOf(RunSpec spec) => TestedPlugins.Host.Describe(spec);

    public IDataset OpenDataset(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, DatasetContext context) =>
        Dataset?.Invoke() ?? Host.OpenDataset(spec, paths, context);

    public NoiseResult ApplyNoise(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, NoiseContext context) =>
        Host.ApplyNoise(spec, paths, context);

    public IAugmentation CreateAugmentation(ComponentSpec spec, IReadOnlyDictionary<string, string>? paths = null) =>
        Augmentation?.Invoke(spec) ?? Host.CreateAugmentation(spec, paths);

    public Backbone CreateModel(ComponentSpec spec, ModelContext context, IReadOnlyDictionary<string, string>? paths = null) =>
        Host.CreateModel(spec, context, paths);

    public Method CreateMethod(ComponentSpec spec, TrainingTask task, IReadOnlyDictionary<string, string>? paths = null) =>
        Method?.Invoke(task) ?? Host.CreateMethod(spec, task, paths);

    public optim.Optimizer CreateOptimizer(ComponentSpec spec, IReadOnlyList<NamedParameter> parameters)
    {
        Optimized = [.. parameters.Select(p => p.Name)];
        return Optimizer = Training?.Invoke(parameters) ?? Host.CreateOptimizer(spec, parameters);
    }

    public ISchedule CreateSchedule(ComponentSpec spec) => Schedule?.Invoke() ?? Host.CreateSchedule(spec);

    public IRunSink CreateSink(ComponentSpec spec, SinkContext context) => Sink?.Invoke(context) ?? Host.CreateSink(spec, context);

    public IReadOnlyDictionary<string, double> Evaluate(
        ComponentSpec spec,
        EvaluationContext context,
        IReadOnlyDictionary<string, string>? paths = null
    ) => Evaluation?.Invoke(context) ?? Host.Evaluate(spec, context, paths);
}
