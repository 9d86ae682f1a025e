namespace Sat.Tool.Display;

/// <summary>Which columns a list of runs has, and which of them a narrow terminal goes without.</summary>
internal static class RunColumns
{
    /// <summary>Columns that are never left out.</summary>
    private static readonly string[] Kept = ["id", "status", "accuracy", "test-accuracy", "method.id"];

    /// <summary>Settings that people look for first: they go last.</summary>
    private static readonly string[] ReadFirst = ["seed", "noise.rate"];

    /// <summary>
    /// The settings that tell runs apart: those that vary, but for options that their component's id settles, as <c>method.reweight</c>
    /// that is <c>true</c> of each <c>sat</c> and not there for all others.
    /// </summary>
    /// <param name="names">Settings by their paths.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="value">A run's value; null: it has none.</param>
    public static IEnumerable<string> Telling<T>(IEnumerable<string> names, IReadOnlyCollection<T> runs, Func<T, string, string?> value) =>
        names.Where(name =>
            name == "method.id" || (Varies(runs, r => value(r, name)) && (ReadFirst.Contains(name) || !IsSettled(name, runs, value)))
        );

    /// <summary>The columns that may be left out: results first, since settings tell the rows apart, and the widest of each.</summary>
    /// <param name="table">The list.</param>
    /// <param name="wanted">Columns that were asked for; they are never left out.</param>
    /// <param name="results">Columns of results.</param>
    public static IReadOnlyList<string> Spare(TextTable table, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> results) =>
        [
            .. table
                .Widest()
                .Where(name => !Kept.Contains(name) && !wanted.Contains(name))
                .OrderBy(name => !results.Contains(name))
                .ThenBy(name => Array.IndexOf(ReadFirst, name)),
        ];

    private static bool Varies<T>(IEnumerable<T> runs, Func<T, string?> value) => runs.Select(value).Distinct().Skip(1).Any();

    private static bool IsSettled<T>(string name, IEnumerable<T> runs, Func<T, string, string?> value)
    {
        var owner = name.LastIndexOf('.') is > 0 and var dot ? $"{name[..dot]}.id" : name;
        return owner != name && runs.GroupBy(r => value(r, owner) ?? "").All(g => !Varies(g, r => value(r, name)));
    }
}
