using Sat.Records.Components;
using Sat.Records.Specs;
using static TorchSharp.torch;

namespace Sat.Sdk.Testing;

/// <summary>The host's components, of which a test sees the method, and hears when a step begins.</summary>
/// <param name="host">Makes them.</param>
/// <param name="stepBegins">Called where a step begins and where an epoch is evaluated: with the method, and where training
/// stands.</param>
internal sealed class WatchedComponents(IComponentFactory host, Action<Method, TrainingTime> stepBegins) : IComponentFactory
{
    private Method? _method;

    public ComponentSchema? SchemaOf(ComponentKind kind, ComponentSpec spec) => host.SchemaOf(kind, spec);

    public IReadOnlyDictionary<string, string> PluginsOf(RunSpec spec) => host.PluginsOf(spec);

    public IDataset OpenDataset(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, DatasetContext context) =>
        host.OpenDataset(spec, paths, context);

    public NoiseResult ApplyNoise(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, NoiseContext context) =>
        host.ApplyNoise(spec, paths, context);

    public IAugmentation CreateAugmentation(ComponentSpec spec, IReadOnlyDictionary<string, string>? paths = null) =>
        host.CreateAugmentation(spec, paths);

    public Backbone CreateModel(ComponentSpec spec, ModelContext context, IReadOnlyDictionary<string, string>? paths = null) =>
        host.CreateModel(spec, context, paths);

    public Method CreateMethod(ComponentSpec spec, TrainingTask task, IReadOnlyDictionary<string, string>? paths = null) =>
        _method = host.CreateMethod(spec, task, paths);

    public optim.Optimizer CreateOptimizer(ComponentSpec spec, IReadOnlyList<NamedParameter> parameters) =>
        host.CreateOptimizer(spec, parameters);

    public ISchedule CreateSchedule(ComponentSpec spec) => new Watched(this, host.CreateSchedule(spec));

    public IRunSink CreateSink(ComponentSpec spec, SinkContext context) => host.CreateSink(spec, context);

    public IReadOnlyDictionary<string, double> Evaluate(
        ComponentSpec spec,
        EvaluationContext context,
        IReadOnlyDictionary<string, string>? paths = null
    ) => host.Evaluate(spec, context, paths);

    private sealed class Watched(WatchedComponents components, ISchedule schedule) : ISchedule
    {
        public double Factor(TrainingTime time)
        {
            components.Seen(time);
            return schedule.Factor(time);
        }
    }

    private void Seen(TrainingTime time) => stepBegins(_method!, time);
}
