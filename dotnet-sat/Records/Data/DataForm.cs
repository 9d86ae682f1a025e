namespace Sat.Records.Data;

/// <summary>A form in which a layout's files may be at hand: as they are, or as another version of which they are made.</summary>
/// <param name="Folder">The folder that its files lie in, in their archive.</param>
/// <param name="Files">Their names.</param>
/// <param name="Archive">The name of its tar.gz archive; null: it comes in none that can be read.</param>
/// <param name="Version">The other version; null: the files are the layout's.</param>
internal sealed record DataForm(string Folder, IReadOnlyList<string> Files, string? Archive, OtherVersion? Version)
{
    /// <summary>The folder at or in a place that lacks the fewest of the files, and which those are.</summary>
    public (string Folder, string[] Missing) Nearest(string location) =>
        new[] { location, Path.Combine(location, Folder) }
            .Select(folder => (Folder: folder, Missing: Files.Where(f => !File.Exists(Path.Combine(folder, f))).ToArray()))
            .MinBy(n => n.Missing.Length);

    /// <summary>The archive in a folder; null: it is not there.</summary>
    public string? ArchiveIn(string folder) =>
        Archive is { } name && File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;
}
