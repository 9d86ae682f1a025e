using TorchSharp;

namespace Sat.Sdk;

/// <summary>
/// Takes a plugin's components. Ids are lower-case letters, digits and hyphens, unique within their kind; summaries are
/// one sentence. <c>TOptions</c> is a record whose properties bear <see cref="Records.Options.OptionAttribute"/>, or
/// <see cref="Records.Options.NoOptions"/>. The functions are called in the worker of a run, after libtorch is loaded and the run's
/// generators are seeded.
/// </summary>
public interface IPluginRegistry
{
    /// <summary>Adds a dataset.</summary>
    void AddDataset<TOptions>(string id, string summary, Func<DatasetContext, TOptions, IDataset> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds a noise.</summary>
    void AddNoise<TOptions>(string id, string summary, Func<NoiseContext, TOptions, NoiseResult> apply, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds an augmentation.</summary>
    void AddAugmentation<TOptions>(string id, string summary, Func<TOptions, IAugmentation> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds a backbone.</summary>
    void AddModel<TOptions>(string id, string summary, Func<ModelContext, TOptions, Backbone> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds a method.</summary>
    void AddMethod<TOptions>(string id, string summary, Func<TrainingTask, TOptions, Method> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds an optimizer over the parameters to train.</summary>
    void AddOptimizer<TOptions>(
        string id,
        string summary,
        Func<IReadOnlyList<NamedParameter>, TOptions, torch.optim.Optimizer> create,
        ComponentDetails? details = null
    )
        where TOptions : class, new();

    /// <summary>Adds a schedule.</summary>
    void AddSchedule<TOptions>(string id, string summary, Func<TOptions, ISchedule> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds a sink, which receives what runs measure while they train.</summary>
    void AddSink<TOptions>(string id, string summary, Func<SinkContext, TOptions, IRunSink> create, ComponentDetails? details = null)
        where TOptions : class, new();

    /// <summary>Adds an evaluation of finished runs.</summary>
    void AddEvaluation<TOptions>(
        string id,
        string summary,
        Func<EvaluationContext, TOptions, IReadOnlyDictionary<string, double>> evaluate,
        ComponentDetails? details = null
    )
        where TOptions : class, new();
}
