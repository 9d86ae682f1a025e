using Sat.Records.Components;
using Sat.Records.Specs;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>Knows the components that a run's specification names, whichever plugins they come from, and makes them.</summary>
public interface IComponentFactory
{
    /// <summary>A component as its plugin's manifest describes it: its options, the files that it reads; null: it, or its revision, is
    /// unknown.</summary>
    ComponentSchema? SchemaOf(ComponentKind kind, ComponentSpec spec);

    /// <summary>Package to version and hash, for the plugins that a run's components come from.</summary>
    /// <exception cref="Records.SatException">A component is missing, has another revision here, or its plugin cannot be loaded (exit code
    /// 2 or 5).</exception>
    IReadOnlyDictionary<string, string> PluginsOf(RunSpec spec);

    /// <summary>Opens a dataset.</summary>
    /// <param name="spec">The component.</param>
    /// <param name="paths">Its path options, name to absolute path.</param>
    /// <param name="context">Its files.</param>
    /// <exception cref="Records.SatException">The plugin does not load, or the component refuses what it is given.</exception>
    IDataset OpenDataset(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, DatasetContext context);

    /// <summary>Draws and applies a noise.</summary>
    NoiseResult ApplyNoise(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, NoiseContext context);

    /// <summary>Makes an augmentation.</summary>
    /// <param name="spec">The component.</param>
    /// <param name="paths">Its path options, name to absolute path; null: it has none.</param>
    IAugmentation CreateAugmentation(ComponentSpec spec, IReadOnlyDictionary<string, string>? paths = null);

    /// <summary>Makes a backbone, on the CPU.</summary>
    Backbone CreateModel(ComponentSpec spec, ModelContext context, IReadOnlyDictionary<string, string>? paths = null);

    /// <summary>Makes a method.</summary>
    Method CreateMethod(ComponentSpec spec, TrainingTask task, IReadOnlyDictionary<string, string>? paths = null);

    /// <summary>Makes an optimizer.</summary>
    optim.Optimizer CreateOptimizer(ComponentSpec spec, IReadOnlyList<NamedParameter> parameters);

    /// <summary>Makes a schedule.</summary>
    ISchedule CreateSchedule(ComponentSpec spec);

    /// <summary>Makes a sink.</summary>
    IRunSink CreateSink(ComponentSpec spec, SinkContext context);

    /// <summary>Evaluates a finished run.</summary>
    IReadOnlyDictionary<string, double> Evaluate(
        ComponentSpec spec,
        EvaluationContext context,
        IReadOnlyDictionary<string, string>? paths = null
    );
}
