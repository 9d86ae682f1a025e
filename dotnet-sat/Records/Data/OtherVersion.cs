namespace Sat.Records.Data;

/// <summary>A version of a dataset that its author publishes beside the one that is read, and that people have in its place.</summary>
public sealed record OtherVersion
{
    /// <summary>Such as <c>the Python version</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that it unpacks to.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of its archive; null: it comes in none.</summary>
    public string? Archive { get; init; }

    /// <summary>Names of files that tell it.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Which of a layout's other versions is at a place, a sentence; null: none.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="location">A folder, or an archive by its name.</param>
    /// <param name="entries">Names in the archive, where it could be read.</param>
    public static string? At(DataLayout layout, string location, IEnumerable<string>? entries = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(location);
        foreach (var other in layout.Others)
        {
            string[] folders = [location, Path.Combine(location, other.Folder), Path.Combine(location, layout.Folder)];
            if (
                other.Archive is { } archive && (Path.GetFileName(location) == archive || File.Exists(Path.Combine(location, archive)))
                || folders.Any(folder => other.Files.All(f => File.Exists(Path.Combine(folder, f))))
                || (entries ?? []).Any(e => e.StartsWith(other.Folder + "/", StringComparison.Ordinal))
            )
            {
                return $"It is {other.Name} ({other.Folder}), which the tool does not read.";
            }
        }
        return null;
    }
}
