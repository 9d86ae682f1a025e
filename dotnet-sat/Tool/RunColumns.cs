namespace Sat.Tool;

/// <summary>Which columns of a list of runs a narrow terminal goes without.</summary>
internal static class RunColumns
{
    /// <summary>Columns that are never left out.</summary>
    private static readonly string[] Kept = ["id", "status", "accuracy", "test-accuracy", "method.id"];

    /// <summary>Settings that people look for first: they go last.</summary>
    private static readonly string[] ReadFirst = ["seed", "noise.rate"];

    /// <summary>The columns that may be left out, those first that tell least: options that their component's id settles, then the widest.</summary>
    /// <param name="table">The list.</param>
    /// <param name="wanted">Columns that were asked for; they are never left out.</param>
    public static IReadOnlyList<string> Spare(TextTable table, IReadOnlyCollection<string> wanted)
    {
        string[] order = [.. table.Widest().OrderBy(name => Array.IndexOf(ReadFirst, name)).ThenByDescending(name => IsSettled(table, name))];
        return [.. order.Where(name => !Kept.Contains(name) && !wanted.Contains(name))];
    }

    /// <summary>True if the id of an option's component tells its value in every row: <c>method.reweight</c> is <c>true</c> of each <c>sat</c> and <c>-</c> of all others.</summary>
    private static bool IsSettled(TextTable table, string name)
    {
        var (column, owner) = (Index(name), name.LastIndexOf('.') is > 0 and var dot ? Index($"{name[..dot]}.id") : -1);
        return owner >= 0 && owner != column && table.Rows.GroupBy(r => r[owner]).All(g => g.Select(r => r[column]).Distinct().Count() == 1);

        int Index(string header) => table.Header.ToList().IndexOf(header);
    }
}
