using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Metrics;
using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp;

namespace Sat.Hosting;

/// <summary>What a plugin registered: schemas, and functions that make the components.</summary>
public sealed partial class ComponentRegistry : IPluginRegistry
{
    private readonly Dictionary<(ComponentKind, string), (ComponentSchema Schema, Delegate Create)> _components = [];

    /// <summary>The components, by kind and id.</summary>
    public IReadOnlyList<ComponentSchema> Components =>
        [.. _components.Values.Select(c => c.Schema).OrderBy(s => s.Kind).ThenBy(s => s.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void AddDataset<TOptions>(
        string id,
        string summary,
        Func<DatasetContext, TOptions, IDataset> create,
        ComponentDetails? details = null
    )
        where TOptions : class, new() => Add<TOptions, DatasetContext, IDataset>(ComponentKind.Dataset, id, summary, create, details);

    /// <inheritdoc/>
    public void AddNoise<TOptions>(
        string id,
        string summary,
        Func<NoiseContext, TOptions, NoiseResult> apply,
        ComponentDetails? details = null
    )
        where TOptions : class, new() => Add<TOptions, NoiseContext, NoiseResult>(ComponentKind.Noise, id, summary, apply, details);

    /// <inheritdoc/>
    public void AddAugmentation<TOptions>(string id, string summary, Func<TOptions, IAugmentation> create, ComponentDetails? details = null)
        where TOptions : class, new() =>
        Add<TOptions, NoContext, IAugmentation>(ComponentKind.Augmentation, id, summary, (_, o) => create(o), details);

    /// <inheritdoc/>
    public void AddModel<TOptions>(
        string id,
        string summary,
        Func<ModelContext, TOptions, Backbone> create,
        ComponentDetails? details = null
    )
        where TOptions : class, new() => Add<TOptions, ModelContext, Backbone>(ComponentKind.Model, id, summary, create, details);

    /// <inheritdoc/>
    public void AddMethod<TOptions>(
        string id,
        string summary,
        Func<TrainingTask, TOptions, Method> create,
        ComponentDetails? details = null
    )
        where TOptions : class, new() => Add<TOptions, TrainingTask, Method>(ComponentKind.Method, id, summary, create, details);

    /// <inheritdoc/>
    public void AddOptimizer<TOptions>(
        string id,
        string summary,
        Func<IReadOnlyList<NamedParameter>, TOptions, torch.optim.Optimizer> create,
        ComponentDetails? details = null
    )
        where TOptions : class, new() =>
        Add<TOptions, IReadOnlyList<NamedParameter>, torch.optim.Optimizer>(ComponentKind.Optimizer, id, summary, create, details);

    /// <inheritdoc/>
    public void AddSchedule<TOptions>(string id, string summary, Func<TOptions, ISchedule> create, ComponentDetails? details = null)
        where TOptions : class, new() =>
        Add<TOptions, NoContext, ISchedule>(ComponentKind.Schedule, id, summary, (_, o) => create(o), details);

    /// <inheritdoc/>
    public void AddEvaluation<TOptions>(
        string id,
        string summary,
        Func<EvaluationContext, TOptions, IReadOnlyDictionary<string, double>> evaluate,
        ComponentDetails? details = null
    )
        where TOptions : class, new() =>
        Add<TOptions, EvaluationContext, IReadOnlyDictionary<string, double>>(ComponentKind.Evaluation, id, summary, evaluate, details);

    /// <inheritdoc/>
    public void AddSink<TOptions>(string id, string summary, Func<SinkContext, TOptions, IRunSink> create, ComponentDetails? details = null)
        where TOptions : class, new() => Add<TOptions, SinkContext, IRunSink>(ComponentKind.Sink, id, summary, create, details);

    /// <summary>Makes a component, one of <see cref="Components"/>.</summary>
    internal TResult Create<TContext, TResult>(
        ComponentKind kind,
        string id,
        TContext context,
        JsonObject options,
        IReadOnlyDictionary<string, string> paths
    )
    {
        var create = (Func<TContext, JsonObject, IReadOnlyDictionary<string, string>, TResult>)_components[(kind, id)].Create;
        return create(context, options, paths);
    }

    private void Add<TOptions, TContext, TResult>(
        ComponentKind kind,
        string id,
        string summary,
        Func<TContext, TOptions, TResult> create,
        ComponentDetails? details
    )
        where TOptions : class
    {
        details ??= new ComponentDetails();
        if (!IdPattern().IsMatch(id))
            throw new ArgumentException($"'{id}' is not a component id: use lower-case letters, digits and hyphens", nameof(id));
        var record = OptionRecords.For<TOptions>();
        var options = record.Schemas();
        if (
            options.FirstOrDefault(o =>
                o.Name is "id" or "revision" or "variant" or "files" or "options"
                || (kind == ComponentKind.Model && o.Name == InitialWeights.Option)
            ) is
            { } reserved
        )
            throw new ArgumentException(
                $"{typeof(TOptions).Name} has an option '{reserved.Name}', which means something else in a study: choose another name",
                nameof(id)
            );
        if (
            kind is ComponentKind.Optimizer or ComponentKind.Schedule or ComponentKind.Sink
            && options.FirstOrDefault(o => o.Kind == OptionKind.Path) is { } path
        )
            throw new ArgumentException(
                $"{typeof(TOptions).Name} has a path, '{path.Name}': optimizers, schedules and sinks cannot read files",
                nameof(id)
            );
        if (kind == ComponentKind.Model)
            options = [.. options, InitialWeights.Schema];
        if (details.Data is { } layout && LayoutRules.Broken(layout).FirstOrDefault() is { } broken)
            throw new ArgumentException($"of the data of '{id}', {broken}", nameof(details));
        if (details.Reads?.Broken().FirstOrDefault() is { } unreadable)
            throw new ArgumentException($"of the files that '{id}' reads, {unreadable}", nameof(details));
        if (
            details.TrainingSamplesOption is { } counting
            && options.FirstOrDefault(o => o.Name == counting) is not { Kind: OptionKind.Integer }
        )
            throw new ArgumentException(
                $"{typeof(TOptions).Name} has no whole number '{counting}', which should say how many training samples there are",
                nameof(details)
            );
        if (Broken(kind, details.Metrics) is { } metric)
            throw new ArgumentException($"of the metrics of '{id}', {metric}", nameof(details));
        var schema = new ComponentSchema
        {
            Kind = kind,
            Id = id,
            Summary = summary,
            Revision = details.Revision,
            Paper = details.Paper,
            Interpretation = details.Interpretation,
            NormalizesByBatch = details.NormalizesByBatch ? true : null,
            Requires = details.Requires.Count > 0 ? details.Requires : null,
            Classifies = details.Classifies,
            NeedsClassifier = details.NeedsClassifier ? true : null,
            TrainingSamples = details.TrainingSamples,
            TrainingSamplesOption = details.TrainingSamplesOption,
            Options = options,
            Data = details.Data,
            Reads = details.Reads,
            Metrics = details.Metrics.Count > 0 ? details.Metrics : null,
        };
        Func<TContext, JsonObject, IReadOnlyDictionary<string, string>, TResult> make = (context, options, paths) =>
            create(context, record.Create(options, paths));
        if (!_components.TryAdd((kind, id), (schema, make)))
            throw new ArgumentException($"{schema.Name} is registered twice", nameof(id));
    }

    private static string? Broken(ComponentKind kind, IReadOnlyList<MetricSchema> metrics)
    {
        if (metrics.Count > 0 && kind is not (ComponentKind.Method or ComponentKind.Evaluation))
            return "none can be declared: only methods and evaluations report any";
        if (metrics.FirstOrDefault(m => !MetricSchema.IsName(m.Name)) is { } odd)
            return $"'{odd.Name}' is no name: use lower-case letters, digits and hyphens, at most {MetricSchema.LongestName} characters";
        if (metrics.FirstOrDefault(m => MetricNames.Reserved.Contains(m.Name)) is { } taken)
            return $"'{taken.Name}' is one that the engine measures itself: choose another name";
        if (metrics.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"'{twice.Key}' is declared twice";
        return metrics.Count(m => m.IsMain) > 1 ? "more than one is the main one" : null;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdPattern();
}
