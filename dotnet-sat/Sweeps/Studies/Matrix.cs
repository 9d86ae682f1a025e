using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Unfolds a study into its cells: the matrix, less what is excluded, plus what is included.</summary>
public sealed class Matrix
{
    private const int MaxCells = 100_000;

    private readonly Study _study;
    private readonly ComponentCatalog _catalog;
    private readonly IReadOnlyList<Override> _overrides;
    private readonly MapSetting _preset;
    private readonly ProblemList _problems;
    private readonly Unfolding _unfolding;
    private readonly HashSet<Override> _applied = [];
    private readonly MapSetting _defaults;

    private Matrix(Study study, ComponentCatalog catalog, IReadOnlyList<Override> overrides, MapSetting preset, ProblemList problems)
    {
        _study = study;
        _catalog = catalog;
        _overrides = overrides;
        _preset = new MapSetting([new MapEntry("training", preset)]);
        _problems = problems;
        _unfolding = new Unfolding(catalog, problems);
        _defaults = Normalise(Presets.BuiltInDefaults)!;
        if (Normalise(study.Defaults) is { } defaults)
            _defaults = (MapSetting)Layer.Merge(RunShape.Root, _defaults, defaults);
    }

    /// <summary>The cells of a study, in the order of its axes, the first varying slowest; included ones come last.</summary>
    /// <param name="study">The study.</param>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="overrides">Settings that stand above the study.</param>
    /// <param name="preset">Training settings of the preset.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static IReadOnlyList<Cell> Cells(
        Study study,
        ComponentCatalog catalog,
        IReadOnlyList<Override> overrides,
        MapSetting preset,
        ProblemList problems
    ) => new Matrix(study, catalog, overrides, preset, problems).All();

    /// <summary>Overrides and presets make cells equal that the study tells apart, and hide what it excludes: no faults of the
    /// study.</summary>
    private bool IsStudyAlone => _overrides.Count == 0 && ((MapSetting)_preset.Entries[0].Value).Entries.Count == 0;

    /// <remarks>Where settings could not be read, the rest is unfolded for its own errors; what would be missing from the whole is not
    /// told.</remarks>
    private IReadOnlyList<Cell> All()
    {
        // A study of defaults alone is one run, or its lists' product.
        foreach (
            var over in _overrides.Where(o =>
                o.Value is ListSetting { Items.Count: 0 } && o.Shape is not ValueShape { Schema.IsList: true }
            )
        )
            _problems.Add(
                $"'{over.Path}' is an empty list, so nothing would run. Give it values or remove it.",
                new SourceLocation(Override.Source)
            );
        if (!_problems.IsEmpty && _overrides.Any(o => o.Value is ListSetting { Items.Count: 0 }))
            return [];
        var matrix = _study.Matrix ?? (_study.Include.Count == 0 && _study.Trains ? new MapSetting([], _study.Defaults.At) : null);
        var cells = matrix is null ? [] : Unfold(matrix, included: false);
        var selection = new Selection(_catalog);
        var excludes = _study
            .Exclude.Select(e => (Given: Normalise(e), e.At))
            .Where(e => e.Given is not null)
            .Select(e => (Given: e.Given!, e.At))
            .ToArray();
        foreach (var (given, _) in excludes)
            selection.Check(given, _problems);
        var includes = _study.Include.Select(i => (i.At, Cells: Unfold(i, included: true))).ToArray();
        var isWhole = _problems.IsEmpty;

        cells = Excluded(cells, excludes, selection, isWhole);
        cells.AddRange(includes.SelectMany(i => Included(i.Cells, i.At, excludes, selection, isWhole)));
        if (!isWhole)
            return cells;
        if (cells.Count == 0 && _study.Trains && _problems.IsEmpty)
            _problems.Add(
                "nothing is left to run: every cell of the matrix is excluded, and none is included.",
                matrix?.At ?? _study.Defaults.At
            );
        foreach (var over in _overrides.Where(o => !_applied.Contains(o)))
            Unused(over, cells);
        return cells;
    }

    private List<Cell> Excluded(
        List<Cell> cells,
        IReadOnlyList<(MapSetting Given, SourceLocation? At)> excludes,
        Selection selection,
        bool isWhole
    )
    {
        var used = new bool[excludes.Count];
        var kept = new List<Cell>(cells.Count);
        foreach (var cell in cells)
        {
            var keep = true;
            for (var i = 0; i < used.Length; i++)
            {
                if (selection.Matches(cell.Settings, excludes[i].Given))
                {
                    used[i] = true;
                    keep = false;
                }
            }
            if (keep)
                kept.Add(cell);
        }
        for (var i = 0; isWhole && IsStudyAlone && i < used.Length; i++)
        {
            if (!used[i])
                _problems.Add("this exclude matches no cell of the matrix. Correct it or remove it.", excludes[i].At);
        }
        return kept;
    }

    private IEnumerable<Cell> Included(
        List<Cell> cells,
        SourceLocation? at,
        IReadOnlyList<(MapSetting Given, SourceLocation? At)> excludes,
        Selection selection,
        bool isWhole
    )
    {
        foreach (var cell in cells)
        {
            var (given, excludedAt) = excludes.FirstOrDefault(e => selection.Matches(cell.Settings, e.Given));
            if (given is null)
                yield return cell;
            else if (isWhole && IsStudyAlone)
                _problems.Add($"this include is excluded again by {excludedAt}. Remove one of the two.", at);
        }
    }

    /// <summary>The product of some axes over the defaults.</summary>
    private List<Cell> Unfold(MapSetting given, bool included)
    {
        var axes = Axis.ReadAll(given, _catalog, _overrides, _problems);
        var cells = new List<(Cell Cell, int[] Index, IReadOnlyList<Choice> Choices)>();

        // A component before its options, whatever the order of the file.
        var order = Enumerable.Range(0, axes.Count).OrderBy(i => axes[i].Path.Count(c => c == '.')).ToArray();
        var count = axes.Aggregate(1L, (n, a) => Math.Min(n * a.Values.Count, int.MaxValue));
        if (count > MaxCells)
        {
            _problems.Add($"the axes have more than {MaxCells} combinations. {_study.Source.TooMany}.", given.At);
            return [];
        }
        var index = new int[axes.Count];
        for (var n = 0L; n < count && cells.Count <= MaxCells; n++)
        {
            var settings = _defaults;
            foreach (var i in order)
                settings = (MapSetting)Layer.Merge(RunShape.Root, settings, axes[i].Values[index[i]]);
            foreach (var (unfolded, choices) in _unfolding.Unfold(Above(settings, axes)))
                cells.Add((new Cell(unfolded, given.At, included), [.. index], choices));
            for (var i = axes.Count - 1; i >= 0 && ++index[i] == axes[i].Values.Count; i--)
                index[i] = 0;
            if (cells.Count > MaxCells)
                _problems.Add($"the lists unfold to more than {MaxCells} cells. {_study.Source.TooMany}.", given.At);
        }
        // They come in the order of the axes; only lists within values can stand at another place than they were unfolded at.
        return cells.All(c => c.Choices.Count == 0)
            ? [.. cells.Select(c => c.Cell)]
            : [.. cells.OrderBy(c => Place(axes, c.Index, c.Choices), ByPlace).Select(c => c.Cell)];
    }

    /// <summary>Preset and overrides over a cell's settings.</summary>
    private MapSetting Above(MapSetting settings, IReadOnlyList<Axis> axes)
    {
        settings = (MapSetting)Layer.Merge(RunShape.Root, settings, _preset);
        foreach (var over in _overrides)
        {
            // An axis of just this path has taken the override's values already, unless a preset lies above it by now.
            if (axes.Any(a => a.Path == over.Path) && !IsPreset(over))
            {
                _applied.Add(over);
                continue;
            }
            settings = over.Apply(settings, _catalog, out var applied);
            if (applied)
                _applied.Add(over);
        }
        return settings;
    }

    private bool IsPreset(Override over) =>
        over.Path.StartsWith("training.", StringComparison.Ordinal)
        && ((MapSetting)_preset.Entries[0].Value)[over.Path["training.".Length..]] is not null;

    /// <summary>Where a cell stands among the others: at each axis its value, then the lists unfolded within that value, then all other
    /// lists.</summary>
    private static int[][] Place(IReadOnlyList<Axis> axes, int[] index, IReadOnlyList<Choice> choices)
    {
        var place = new List<int>[axes.Count + 1];
        for (var i = 0; i < axes.Count; i++)
            place[i] = [index[i]];
        place[^1] = [];
        foreach (var choice in choices)
        {
            var owner = axes.Select((a, i) => (a.Path, Index: i))
                .Where(a => choice.Path == a.Path || choice.Path.StartsWith(a.Path + ".", StringComparison.Ordinal))
                .OrderByDescending(a => a.Path.Length)
                .Select(a => a.Index)
                .DefaultIfEmpty(axes.Count)
                .First();
            place[owner].Add(choice.Index);
        }
        return [.. place.Select(p => p.ToArray())];
    }

    private static readonly Comparer<int[][]> ByPlace = Comparer<int[][]>.Create(
        (one, other) =>
        {
            for (var i = 0; i < one.Length; i++)
            {
                if (one[i].AsSpan().SequenceCompareTo(other[i]) is not 0 and var order)
                    return order;
            }
            return 0;
        }
    );

    private void Unused(Override over, IReadOnlyList<Cell> cells)
    {
        var kind = ((ComponentShape)over.Shape).Kind;
        var options = cells
            .Select(c => over.Thing.Split('.').Aggregate((Setting?)c.Settings, (s, name) => (s as MapSetting)?[name]))
            .SelectMany(component => _catalog.OptionsOf(kind, component))
            .Select(o => o.Name)
            .Where(name => name != Layer.Revision)
            .Distinct()
            .ToArray();
        var has = options.Length == 0 ? "" : $" There are {string.Join(", ", options)}.";
        _problems.Add(
            $"no {kind.ToString().ToLowerInvariant()} of {_study.Source.Name} has an option '{over.Option}'.{NearestName.Hint(over.Option!, options)}{has}",
            new SourceLocation(Override.Source)
        );
    }

    private MapSetting? Normalise(MapSetting settings) => (MapSetting?)Layer.Normalise(RunShape.Root, settings, _problems);
}
