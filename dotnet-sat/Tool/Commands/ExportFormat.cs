using Sat.Records;

namespace Sat.Tool.Commands;

/// <summary>The formats of <c>runs export</c>.</summary>
internal static class ExportFormat
{
    /// <summary>Their names, which are the endings of their files.</summary>
    public static readonly string[] Names = ["csv", "json", "parquet"];

    /// <summary>That of a file by the ending of its name; CSV where it has none.</summary>
    /// <param name="file">The file; null: standard output.</param>
    /// <exception cref="SatException">The ending is that of none (exit code 2).</exception>
    public static string ByEnding(string? file)
    {
        var ending = Path.GetExtension(file ?? "");
        if (ending.Length <= 1)
            return Names[0];
        return Names.FirstOrDefault(n => n.Equals(ending[1..], StringComparison.OrdinalIgnoreCase))
            ?? throw new SatException(
                ExitCode.Planning,
                $"--to is '{file}', and '{ending}' is the ending of no format. Use .csv, .json or .parquet, or name the format with --format."
            );
    }
}
