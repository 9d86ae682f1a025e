namespace Sat.Tool.Commands;

/// <summary>The formats of <c>runs export</c>.</summary>
internal static class ExportFormat
{
    /// <summary>That of a file by the ending of its name; CSV where it says nothing else.</summary>
    /// <param name="file">The file; null: standard output.</param>
    public static string ByEnding(string? file) =>
        Path.GetExtension(file ?? "").ToLowerInvariant() switch
        {
            ".json" => "json",
            ".parquet" => "parquet",
            _ => "csv",
        };
}
