namespace Sat.Sweeps.Studies;

/// <summary>Where settings come from, a study file or the options of a command, and how messages say so.</summary>
public sealed record SettingsSource
{
    /// <summary>A study file.</summary>
    public static SettingsSource File { get; } =
        new()
        {
            Name = "this study",
            AllowNoEffect = "say 'allow-no-effect: true' in the study, or --allow-no-effect",
            TooMany = "Split the study",
            Add = path => $"add it to defaults or to the matrix, such as {path}: {{ id: NAME }}",
        };

    /// <summary>The options of a command that makes one run.</summary>
    public static SettingsSource Options { get; } =
        new()
        {
            Name = "the run",
            AllowNoEffect = "give --allow-no-effect",
            TooMany = "Give one value each",
            Add = path => $"give it by --set {path}=NAME",
        };

    private SettingsSource() { }

    /// <summary>What has the settings.</summary>
    public required string Name { get; init; }

    /// <summary>How to allow options that have no effect, as a clause.</summary>
    public required string AllowNoEffect { get; init; }

    /// <summary>What to do where settings unfold to too many runs, as a sentence without its point.</summary>
    public required string TooMany { get; init; }

    /// <summary>How to add the component of a path, as a clause.</summary>
    public required Func<string, string> Add { get; init; }
}
