using System.Text.Json.Serialization;

namespace Sat.Records.Data;

/// <summary>A version of a dataset that its author publishes beside the one that is read, and that people have in its place.</summary>
public sealed record OtherVersion
{
    /// <summary>Such as <c>the Python version</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that it unpacks to.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of its archive, a tar.gz; null: it comes in none.</summary>
    public string? Archive { get; init; }

    /// <summary>Names of its files: all that are needed where it is read, and some that tell it where it is not.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How each file of the layout is made of its files, by the layout's name; empty: it is not read, and named where it is
    /// found.</summary>
    public IReadOnlyDictionary<string, PickledRows> Makes { get; init; } = new Dictionary<string, PickledRows>();

    /// <summary>True if its files can be read in place of the layout's.</summary>
    [JsonIgnore]
    public bool IsRead => Makes.Count > 0;

    /// <summary>Which of a layout's other versions, of those that are not read, is at a place, a sentence; null: none.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="location">A folder, or an archive by its name.</param>
    /// <param name="entries">Names in the archive, where it could be read.</param>
    public static string? At(DataLayout layout, string location, IEnumerable<string>? entries = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(location);
        foreach (var other in layout.Others.Where(o => !o.IsRead))
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
