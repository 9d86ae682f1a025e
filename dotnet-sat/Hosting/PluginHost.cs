using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Hosting;

/// <summary>
/// The plugins that are here. Their manifests are read at once; an assembly is loaded when the first of its components is
/// made, and never unloaded.
/// </summary>
public sealed class PluginHost : IComponentFactory
{
    private static readonly IReadOnlyDictionary<string, string> NoPaths = new Dictionary<string, string>();
    private readonly Dictionary<string, ComponentRegistry> _loaded = [];
    private readonly ConcurrentDictionary<string, string> _hashes = [];

    private PluginHost(IReadOnlyList<CatalogEntry> entries, IReadOnlyList<SatException> problems)
    {
        Catalog = new ComponentCatalog(entries);
        Problems = problems;
    }

    /// <summary>Every component, known from manifests alone.</summary>
    public ComponentCatalog Catalog { get; }

    /// <summary>Why some folders are not plugins, and some components are left out.</summary>
    public IReadOnlyList<SatException> Problems { get; }

    /// <summary>Reads manifests.</summary>
    /// <param name="roots">Folders of plugin folders; a missing one holds none. A damaged plugin in them is a problem, not an error, and so
    /// is a component that two of them have: neither has it then.</param>
    /// <param name="plugins">Plugin folders named one by one: each must be one.</param>
    /// <param name="versions">Versions of packages that are wanted: where one of a package's is beneath the roots, its others there are not
    /// used.</param>
    /// <exception cref="SatException">A named folder is no plugin, or has a component that another plugin has (exit code 5).</exception>
    public static PluginHost Discover(
        IEnumerable<string> roots,
        IEnumerable<string>? plugins = null,
        IReadOnlyCollection<PluginVersion>? versions = null
    )
    {
        var entries = new List<CatalogEntry>();
        var problems = new List<SatException>();
        foreach (
            var folder in roots
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateDirectories)
                .Where(f => !Path.GetFileName(f).StartsWith('.'))
                .Order(StringComparer.Ordinal)
        )
        {
            try
            {
                entries.AddRange(Read(folder));
            }
            catch (SatException e)
            {
                problems.Add(e);
            }
        }
        foreach (var wanted in (versions ?? []).ToLookup(v => v.Package, StringComparer.OrdinalIgnoreCase))
        {
            CatalogEntry[] all = [.. entries.Where(e => e.Manifest.Package.Equals(wanted.Key, StringComparison.OrdinalIgnoreCase))];
            CatalogEntry[] chosen = [.. all.Where(e => wanted.Any(w => VersionOrder.AreEqual(w.Version, e.Manifest.Version)))];
            // Where one is missing all stay, for whoever says so.
            if (wanted.All(w => chosen.Any(e => VersionOrder.AreEqual(w.Version, e.Manifest.Version))))
                entries.RemoveAll(e => all.Contains(e) && !chosen.Contains(e));
        }
        string[] named = [.. (plugins ?? []).Select(Path.GetFullPath).Distinct()];
        foreach (var folder in named)
        {
            CatalogEntry[] own = Directory.Exists(folder)
                ? [.. Read(folder)]
                : throw new SatException(
                    ExitCode.Environment,
                    $"there is no folder {folder}: --plugin takes the folder that the plugin was built or published into"
                );
            // Whoever names a plugin means that one, and not an earlier build of it that was added.
            entries.RemoveAll(e => own.Any(o => o.Manifest.Package == e.Manifest.Package) && !named.Contains(e.Folder));
            entries.AddRange(own);
        }
        var host = new PluginHost(entries, problems);
        foreach (var clash in host.Catalog.Clashes)
        {
            // Whoever names a plugin wants its components; what merely lies there must be in nobody's way.
            if (clash.Any(e => named.Contains(e.Folder)))
                throw new SatException(ExitCode.Environment, ComponentCatalog.Told(clash));
            problems.Add(new SatException(ExitCode.Environment, ComponentCatalog.Told(clash)));
        }
        return host;
    }

    /// <summary>Keeps the plugins that runs need where they are, those of their sinks among them, until it is disposed.</summary>
    /// <exception cref="SatException">One is gone (exit code 5).</exception>
    public PluginUse Use(IReadOnlyCollection<RunRequest> requests) => PluginUse.From(Folders(requests));

    /// <summary>The folders of the plugins that runs need, those of their sinks among them.</summary>
    public IReadOnlyList<string> Folders(IReadOnlyCollection<RunRequest> requests) =>
        [
            .. requests
                .SelectMany(r => Components(r.Spec))
                .Concat(requests.SelectMany(r => r.Sinks ?? []).Select(s => (Kind: ComponentKind.Sink, Spec: s)))
                .Select(c => (c.Kind, c.Spec.Id, c.Spec.Revision))
                .Distinct()
                .Select(c => Catalog.Find(c.Kind, c.Id, c.Revision))
                .OfType<CatalogEntry>()
                .Select(e => e.Folder)
                .Distinct(),
        ];

    private static IEnumerable<CatalogEntry> Read(string folder)
    {
        var manifest = PluginManifest.Read(folder);
        Contract.Require(manifest, folder);
        return manifest.Components.Select(c => new CatalogEntry(c, manifest, folder));
    }

    /// <summary>Package id to version and SHA-256 of the assembly, for the packages that a run's components come from; of a package with
    /// two versions in one run, both.</summary>
    public IReadOnlyDictionary<string, string> Describe(RunSpec spec) =>
        new SortedDictionary<string, string>(
            Components(spec)
                .Select(c => Catalog.Find(c.Kind, c.Spec))
                .OfType<CatalogEntry>()
                .DistinctBy(e => e.Folder)
                .GroupBy(e => e.Manifest.Package)
                .ToDictionary(
                    g => g.Key,
                    g =>
                        string.Join(", ", g.Select(e => $"{e.Manifest.Version} sha256:{Hash(Path.Combine(e.Folder, e.Manifest.Assembly))}"))
                ),
            StringComparer.Ordinal
        );

    /// <summary>Refuses a specification whose components are missing or have another revision here, or whose plugins cannot be
    /// loaded.</summary>
    /// <exception cref="SatException">It is so (exit code 2, and 5 for the plugins).</exception>
    public void Require(RunSpec spec)
    {
        foreach (var (kind, component) in Components(spec))
        {
            if (Catalog.Find(kind, component) is not null)
                continue;
            var entry = Catalog.Find(kind, component.Id) ?? throw new SatException(ExitCode.Planning, Catalog.Unknown(kind, component.Id));
            throw new SatException(
                ExitCode.Planning,
                $"the run needs revision {component.Revision} of {entry.Schema.Name}, and {entry.Manifest.Package} {entry.Manifest.Version} has revision {entry.Schema.Revision}: "
                    + "its results would differ, so it would be another run. "
                    + ComponentCatalog.WhereRevisionsAre(entry)
            );
        }
        RequireFiles([spec]);
    }

    /// <summary>Refuses runs whose plugins cannot be loaded, as far as their files tell; nothing is loaded for it.</summary>
    /// <exception cref="SatException">Some are missing, damaged, or of another contract (exit code 5).</exception>
    public void RequireFiles(IEnumerable<RunSpec> specs)
    {
        var problems = new List<Problem>();
        var entries = specs
            .SelectMany(Components)
            .Select(c => (c.Kind, c.Spec.Id, c.Spec.Revision))
            .Distinct()
            .Select(c => Catalog.Find(c.Kind, c.Id, c.Revision))
            .OfType<CatalogEntry>();
        foreach (var entry in entries.DistinctBy(e => e.Folder))
        {
            try
            {
                Contract.Require(Path.Combine(entry.Folder, entry.Manifest.Assembly));
            }
            catch (SatException e)
            {
                problems.AddRange(e.Problems);
            }
        }
        if (problems.Count > 0)
            throw new SatException(ExitCode.Environment, problems);
    }

    /// <inheritdoc/>
    public ComponentSchema? SchemaOf(ComponentKind kind, ComponentSpec spec) => Catalog.Find(kind, spec)?.Schema;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> PluginsOf(RunSpec spec)
    {
        Require(spec);
        return Describe(spec);
    }

    /// <inheritdoc/>
    public IDataset OpenDataset(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, DatasetContext context) =>
        Create<DatasetContext, IDataset>(
            ComponentKind.Dataset,
            spec with
            {
                Options = DatasetNormalization.Without(spec.Options),
            },
            context,
            paths
        );

    /// <inheritdoc/>
    public NoiseResult ApplyNoise(ComponentSpec spec, IReadOnlyDictionary<string, string> paths, NoiseContext context) =>
        Create<NoiseContext, NoiseResult>(ComponentKind.Noise, spec, context, paths);

    /// <inheritdoc/>
    public IAugmentation CreateAugmentation(ComponentSpec spec, IReadOnlyDictionary<string, string>? paths = null) =>
        Create<NoContext, IAugmentation>(ComponentKind.Augmentation, spec, default, paths);

    /// <inheritdoc/>
    public Backbone CreateModel(ComponentSpec spec, ModelContext context, IReadOnlyDictionary<string, string>? paths = null) =>
        Create<ModelContext, Backbone>(ComponentKind.Model, spec, context, paths);

    /// <inheritdoc/>
    public Method CreateMethod(ComponentSpec spec, TrainingTask task, IReadOnlyDictionary<string, string>? paths = null) =>
        Create<TrainingTask, Method>(ComponentKind.Method, spec, task, paths);

    /// <inheritdoc/>
    public optim.Optimizer CreateOptimizer(ComponentSpec spec, IReadOnlyList<NamedParameter> parameters) =>
        Create<IReadOnlyList<NamedParameter>, optim.Optimizer>(ComponentKind.Optimizer, spec, parameters);

    /// <inheritdoc/>
    public ISchedule CreateSchedule(ComponentSpec spec) => Create<NoContext, ISchedule>(ComponentKind.Schedule, spec, default);

    /// <inheritdoc/>
    public IRunSink CreateSink(ComponentSpec spec, SinkContext context) => Create<SinkContext, IRunSink>(ComponentKind.Sink, spec, context);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(
        ComponentSpec spec,
        EvaluationContext context,
        IReadOnlyDictionary<string, string>? paths = null
    ) => Create<EvaluationContext, IReadOnlyDictionary<string, double>>(ComponentKind.Evaluation, spec, context, paths);

    private TResult Create<TContext, TResult>(
        ComponentKind kind,
        ComponentSpec spec,
        TContext context,
        IReadOnlyDictionary<string, string>? paths = null
    )
    {
        var entry = Catalog.Find(kind, spec) ?? throw new SatException(ExitCode.Planning, Catalog.Unknown(kind, spec.Id, spec.Revision));
        if (!_loaded.TryGetValue(entry.Folder, out var registry))
            _loaded[entry.Folder] = registry = PluginAssembly.Load(entry.Folder, entry.Manifest);
        return registry.Create<TContext, TResult>(kind, spec.Id, context, (JsonObject)spec.Options.DeepClone(), paths ?? NoPaths);
    }

    private static IEnumerable<(ComponentKind Kind, ComponentSpec Spec)> Components(RunSpec spec) =>
        SpecSlots.In(spec).Select(s => (s.Slot.Kind, s.Component));

    private string Hash(string path) => _hashes.GetOrAdd(path, static path =>
        {
            using var file = RegularFile.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        });
}
