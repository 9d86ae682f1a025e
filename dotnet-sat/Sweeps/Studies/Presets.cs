using Sat.Records;
using Sat.Records.Settings;
using Sat.Yaml;

namespace Sat.Sweeps.Studies;

/// <summary>Frozen, named training settings that shorten a study's runs, and what a study need not say: data, not code.</summary>
public static class Presets
{
    private const string File = "presets.yaml";

    private static readonly Lazy<MapSetting> All = new(() => Resource(File));
    private static readonly Lazy<MapSetting> Defaults = new(() => Resource("defaults.yaml"));

    /// <summary>What a study need not say.</summary>
    public static MapSetting BuiltInDefaults => Defaults.Value;

    /// <summary>The presets there are. In code, for help and completion read no YAML; a test holds them to those of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dry", "smoke", "small", "paper"];

    /// <summary>The training settings of a preset; empty where it leaves the study as it is. Null: there is no such preset.</summary>
    public static MapSetting? Training(string name) => (MapSetting?)All.Value[name];

    /// <summary>True for a setting that a preset has.</summary>
    public static bool Has(SourceLocation? place) => place?.File == Named(File);

    private static string Named(string name) => $"(built-in) {name}";

    private static MapSetting Resource(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return YamlReader.Read(reader.ReadToEnd(), Named(name), Study.Kind);
    }
}
