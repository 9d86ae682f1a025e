using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Frozen, named training settings that shorten a study's runs, and what a study need not say: data, not code.</summary>
public static class Presets
{
    private static readonly MapSetting All = Resource("presets.yaml");

    /// <summary>What a study need not say.</summary>
    public static MapSetting BuiltInDefaults { get; } = Resource("defaults.yaml");

    /// <summary>The presets there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Entries.Select(e => e.Name)];

    /// <summary>The training settings of a preset; empty where it leaves the study as it is. Null: there is no such preset.</summary>
    public static MapSetting? Training(string name) => (MapSetting?)All[name];

    private static MapSetting Resource(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return StudyReader.Read(reader.ReadToEnd(), $"(built-in) {name}");
    }
}
