using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Plans;
using Sat.Records.Settings;
using Sat.Yaml;

namespace Sat.Sweeps.Studies;

/// <summary>A study file. What is wrong with its grammar is told when it is planned, together with what its settings mean.</summary>
public sealed partial record Study
{
    /// <summary>What a study file is, for messages.</summary>
    public static YamlKind Kind { get; } = new("a study", "Write a study, such as the one that 'dotnet sat init' makes", "name: my-study");

    private static readonly string[] Keys =
    [
        "name",
        "description",
        "plugins",
        "preset",
        "defaults",
        "matrix",
        "exclude",
        "include",
        "evaluate",
        "sinks",
        "baselines",
        "margin",
        "expect",
        "allow-no-effect",
    ];

    /// <summary>Its path, as the person named it.</summary>
    public required string File { get; init; }

    /// <summary>Where its settings come from.</summary>
    public SettingsSource Source { get; init; } = SettingsSource.File;

    /// <summary>The file's text.</summary>
    public required string Text { get; init; }

    /// <summary>Its name: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Its own words on itself.</summary>
    public string? Description { get; init; }

    /// <summary>The plugins that must be at hand.</summary>
    public IReadOnlyList<NeededPlugin> Plugins { get; init; } = [];

    /// <summary>One of <see cref="Presets.Names"/>; null: none.</summary>
    public string? Preset { get; init; }

    /// <summary>Settings of every run.</summary>
    public MapSetting Defaults { get; init; } = new([]);

    /// <summary>Axes: a path of a run to its values. Null: no matrix.</summary>
    public MapSetting? Matrix { get; init; }

    /// <summary>Cells to leave out.</summary>
    public IReadOnlyList<MapSetting> Exclude { get; init; } = [];

    /// <summary>Cells to add.</summary>
    public IReadOnlyList<MapSetting> Include { get; init; } = [];

    /// <summary>Evaluations of its runs, settings of an evaluation each.</summary>
    public IReadOnlyList<MapSetting> Evaluate { get; init; } = [];

    /// <summary>Where what its runs measure goes, a component each, beside the tool's own files.</summary>
    public IReadOnlyList<MapSetting> Sinks { get; init; } = [];

    /// <summary>True if it makes runs of its own, and does not just evaluate earlier ones.</summary>
    public bool Trains => Defaults.Entries.Count > 0 || Matrix is not null || Include.Count > 0 || Evaluate.Count == 0;

    /// <summary>Names of files of published values, each with its place.</summary>
    public IReadOnlyList<(string Name, SourceLocation? At)> Baselines { get; init; } = [];

    /// <summary>The largest difference from a published value, in points, that does not matter; null: it states none.</summary>
    public double? Margin { get; init; }

    /// <summary>What it expects to see, each with its place.</summary>
    public IReadOnlyList<(Expectation Claim, SourceLocation? At)> Expectations { get; init; } = [];

    /// <summary>True if options may have no effect in a run, which else is an error.</summary>
    public bool AllowNoEffect { get; init; }

    /// <summary>What is wrong with its grammar; it cannot be planned then.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Reads a study file.</summary>
    /// <exception cref="SatException">It cannot be read or is no YAML map (exit code 2).</exception>
    public static Study Load(string file)
    {
        if (Directory.Exists(file))
            throw new SatException(
                ExitCode.Planning,
                $"{file} is a folder: name the study file, such as {Path.Combine(file, "study.yaml")}."
            );
        try
        {
            return Parse(RegularFile.ReadStrictText(file), file);
        }
        catch (DecoderFallbackException e)
        {
            throw new SatException(
                ExitCode.Planning,
                $"the study file {file} is not valid UTF-8, so some of its letters cannot be read: save it as UTF-8.",
                inner: e
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SatException(ExitCode.Planning, $"there is no study file {file}. 'dotnet sat init' makes one.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Planning, $"the study file {file} cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>Reads a study.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its path, for messages; paths in the study are relative to it.</param>
    /// <exception cref="SatException">It is no YAML map (exit code 2).</exception>
    public static Study Parse(string text, string file)
    {
        var root = YamlReader.Read(text, file, Kind);
        var problems = new ProblemList();
        foreach (var entry in root.Entries.Where(e => !Keys.Contains(e.Name)))
        {
            var hint = RunShape.Root.Children.ContainsKey(entry.Name.Split('.')[0])
                ? " Settings of runs belong under 'defaults', 'matrix' or 'include'."
                : NearestName.Hint(entry.Name, Keys);
            problems.Add($"a study has no '{entry.Name}'.{hint} It has {string.Join(", ", Keys)}.", entry.At);
        }
        var reader = new Reader(problems);
        var name = reader.Text(root, "name");
        if (root["name"] is null)
            problems.Add("the study has no 'name': add one, such as 'name: my-study'. It names the output folder.", root.At);
        else if (name is not null && !KebabCase().IsMatch(name))
            problems.Add(
                $"the name '{name}' must be lower-case letters, digits and single hyphens, such as my-study: it names the output folder.",
                root["name"]!.At
            );
        else if (name?.Length > LongestName)
            problems.Add($"the name has {name.Length} letters, but at most {LongestName} can name the output folder.", root["name"]!.At);
        var preset = reader.Text(root, "preset");
        if (preset is not null && !Presets.Names.Contains(preset))
            problems.Add(
                $"unknown preset '{preset}'.{NearestName.Hint(preset, Presets.Names)} There are {string.Join(", ", Presets.Names)}.",
                root["preset"]!.At
            );

        if (root["matrix"] is ScalarSetting { Text: "" } or MapSetting { Entries.Count: 0 })
            problems.Add(
                "the matrix is empty: give it an axis, such as 'seed: [1, 2, 3]', or leave 'matrix' out to make the one run of the defaults.",
                root["matrix"]!.At
            );

        var study = new Study
        {
            File = file,
            Text = text,
            Name = name ?? "",
            Description = reader.Text(root, "description"),
            Plugins = reader.Plugins(root, "plugins"),
            Preset = preset,
            Defaults = reader.Map(root, "defaults") ?? new MapSetting([], root.At),
            Matrix = root["matrix"] is ScalarSetting { Text: "" } ? null : reader.Map(root, "matrix"),
            Exclude = reader.Maps(root, "exclude"),
            Include = reader.Maps(root, "include"),
            Evaluate = reader.Evaluations(root, "evaluate"),
            Sinks = reader.Components(root, "sinks"),
            Baselines = reader.Texts(root, "baselines"),
            Margin = reader.Margin(root),
            AllowNoEffect = reader.Flag(root, "allow-no-effect"),
            Expectations = [.. reader.Maps(root, "expect").Select(m => (reader.Expectation(m), m.At))],
        };
        return study with { Problems = problems.InOrder() };
    }

    internal const int LongestName = 100;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KebabCase();

    private sealed class Reader(ProblemList problems)
    {
        private static readonly string[] ExpectationKeys = ["metric", "where", "at-least", "above", "because"];

        public string? Text(MapSetting map, string name)
        {
            if (map[name] is null or ScalarSetting { Text.Length: > 0 })
                return (map[name] as ScalarSetting)?.Text;
            problems.Add($"'{name}' takes a single text.", map[name]!.At);
            return null;
        }

        public bool Flag(MapSetting map, string name)
        {
            if (map[name] is not { } value)
                return false;
            if (value is ScalarSetting { Text: var text } && BooleanText.TryParse(text, out var flag))
                return flag;
            problems.Add($"'{name}' must be true or false{(value is ScalarSetting other ? BooleanText.Hint(other.Text) : "")}.", value.At);
            return false;
        }

        public MapSetting? Map(MapSetting map, string name)
        {
            if (map[name] is null or MapSetting)
                return map[name] as MapSetting;
            problems.Add(
                $"'{name}' takes names and values{(map[name] is ScalarSetting { Text: "" } ? ", and is empty: fill it or remove it" : "")}.",
                map[name]!.At
            );
            return null;
        }

        public IReadOnlyList<MapSetting> Maps(MapSetting map, string name)
        {
            if (map[name] is not { } value)
                return [];
            var items = value is ListSetting list ? list.Items : [];
            if ((value is ListSetting ? items.FirstOrDefault(i => i is not MapSetting) : value) is { } wrong)
                problems.Add(
                    $"'{name}' takes a list of settings, with items such as '- {{ {(name == "expect" ? "metric: test-accuracy, at-least: 0.5" : "seed: 1")} }}'.",
                    wrong.At
                );
            return [.. items.OfType<MapSetting>()];
        }

        /// <summary>An evaluation is a component, or a map with one in it.</summary>
        public IReadOnlyList<MapSetting> Evaluations(MapSetting map, string name)
        {
            const string evaluation = "evaluation";
            var found = new List<MapSetting>();
            foreach (
                var item in map[name] switch
                {
                    null => [],
                    ListSetting list => list.Items,
                    var one => [one],
                }
            )
            {
                if (item is MapSetting settings && settings.Entries.Any(e => e.Name.Split('.')[0] == evaluation))
                    found.Add(settings);
                else if (item is ScalarSetting { Text.Length: > 0 } || (item as MapSetting)?[Layer.Id] is not null)
                    found.Add(new MapSetting([new MapEntry(evaluation, item, item.At)], item.At));
                else
                    problems.Add(
                        $"'{name}' takes a list of evaluations, with items such as '- knn' or '- {{ evaluation: {{ id: linear-eval, epochs: 50 }}, augmentation: crop-flip }}'.",
                        item.At
                    );
            }
            return found;
        }

        /// <summary>Components, by an id or with options.</summary>
        public IReadOnlyList<MapSetting> Components(MapSetting map, string name)
        {
            var found = new List<MapSetting>();
            foreach (
                var item in map[name] switch
                {
                    null => [],
                    ListSetting list => list.Items,
                    var one => [one],
                }
            )
            {
                if (item is ScalarSetting { Text.Length: > 0 })
                    found.Add(new MapSetting([new MapEntry(Layer.Id, item, item.At)], item.At));
                else if (item is MapSetting settings)
                    found.Add(settings);
                else
                    problems.Add(
                        $"'{name}' takes a list of components, with items such as '- NAME' or '- {{ id: NAME, option: 1 }}'.",
                        item.At
                    );
            }
            return found;
        }

        /// <summary>Plugins, by an id or with their version.</summary>
        public IReadOnlyList<NeededPlugin> Plugins(MapSetting map, string name)
        {
            var found = new List<NeededPlugin>();
            foreach (var item in Components(map, name))
            {
                foreach (var entry in item.Entries.Where(e => e.Name is not (Layer.Id or "version")))
                    problems.Add($"a plugin has no '{entry.Name}': it has id, version.", entry.At);
                if (Text(item, Layer.Id) is { } id && PluginManifest.IsPackageId(id))
                {
                    var plugin = new NeededPlugin(id, Text(item, "version"), item.At);
                    if (plugin.Version is { } version && !PluginManifest.IsVersion(version))
                        problems.Add($"'{version}' is not a version: write one such as 1.2.0.", item.At);
                    else if (
                        found.Any(p =>
                            p.SharesPackageWith(plugin)
                            && (p.Version is null || plugin.Version is null || VersionOrder.AreEqual(p.Version, plugin.Version))
                        )
                    )
                        problems.Add(
                            $"the plugin '{id}' is given twice: keep one, or give each a 'version' of its own. Its components are then told apart by their 'revision'.",
                            item.At
                        );
                    else
                        found.Add(plugin);
                }
                else
                    problems.Add(
                        $"a plugin needs its 'id', the name of its package: {PluginManifest.PackageIds}. One version of it is {{ id: my-plugin, version: 1.2.0 }}.",
                        item.At
                    );
            }
            return found;
        }

        public IReadOnlyList<(string Name, SourceLocation? At)> Texts(MapSetting map, string name)
        {
            var items = map[name] switch
            {
                null => [],
                ListSetting list => list.Items,
                var one => [one],
            };
            foreach (var item in items.Where(i => i is not ScalarSetting { Text.Length: > 0 }))
                problems.Add($"'{name}' takes a list of names.", item.At);
            return [.. items.OfType<ScalarSetting>().Where(i => i.Text.Length > 0).Select(i => (i.Text, i.At))];
        }

        public double? Margin(MapSetting root)
        {
            if (Text(root, "margin") is not { } text)
                return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var margin) && margin is > 0 and < 100)
                return margin;
            problems.Add($"'margin' must be a number of points above 0 and below 100, such as 0.5, but is '{text}'.", root["margin"]!.At);
            return null;
        }

        public Expectation Expectation(MapSetting map)
        {
            foreach (var entry in map.Entries.Where(e => !ExpectationKeys.Contains(e.Name)))
                problems.Add(
                    $"an expectation has no '{entry.Name}'.{NearestName.Hint(entry.Name, ExpectationKeys)} It has {string.Join(", ", ExpectationKeys)}.",
                    entry.At
                );
            if (map["metric"] is null)
                problems.Add("an expectation needs a 'metric', such as test-accuracy.", map.At);
            if (map["at-least"] is null && map["above"] is null)
                problems.Add("an expectation needs 'at-least', a value, or 'above', the settings of the run to beat.", map.At);
            double? least = null;
            if (Text(map, "at-least") is { } text)
            {
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                    least = value;
                else
                    problems.Add($"'at-least' must be a number, but is '{text}'.", map["at-least"]!.At);
            }
            return new Expectation
            {
                Metric = Text(map, "metric") ?? "",
                Where = Selection(map, "where") ?? [],
                AtLeast = least,
                Above = Selection(map, "above"),
                Because = Text(map, "because"),
            };
        }

        private SortedDictionary<string, string>? Selection(MapSetting map, string name)
        {
            if (Map(map, name) is not { } selection)
                return null;
            var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
            Flatten(paths, "", selection);
            return paths;
        }

        /// <summary>Nested maps to dotted paths; a component's bare id to its <c>id</c>.</summary>
        private void Flatten(SortedDictionary<string, string> paths, string prefix, MapSetting map)
        {
            foreach (var (name, value, at) in map.Entries)
            {
                var path = prefix + name;
                if (value is MapSetting inner)
                    Flatten(paths, path + ".", inner);
                else if (value is not ScalarSetting scalar)
                    problems.Add($"'{path}' takes one value here.", value.At);
                else if (!paths.TryAdd(RunShape.IsComponent(path) ? $"{path}.{Layer.Id}" : path, Canonical(scalar.Text)))
                    problems.Add($"'{path}' is given twice. Keep one.", at);
            }
        }

        /// <summary>As specifications write it: 0.40 is 0.4, True is true.</summary>
        private static string Canonical(string text) =>
            BooleanText.TryParse(text, out var flag) ? (flag ? "true" : "false")
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? CanonicalJson.Write(JsonValue.Create(number))
            : text;
    }
}
