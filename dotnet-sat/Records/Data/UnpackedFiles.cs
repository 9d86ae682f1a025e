namespace Sat.Records.Data;

/// <summary>What the archives among a layout's files hold, as a person may have unpacked it: files that are too many to name.</summary>
public sealed record UnpackedFiles
{
    /// <summary>The folder that the archives make, such as <c>tiny-imagenet-200</c>; empty: none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Which files in it are read, and which of them must be there.</summary>
    public required FileSelection Selection { get; init; }

    /// <summary>The files at a place: in it, or in <see cref="Folder"/> there.</summary>
    /// <param name="location">A folder, which need not exist.</param>
    /// <returns>The folder that holds them, and what is in it: the first that lacks nothing, and else the first that has something; null:
    /// nothing is there.</returns>
    internal (string Folder, FoundFiles Found)? At(string location)
    {
        var found = new[] { location, Path.Combine(location, Folder) }
            .Distinct(StringComparer.Ordinal)
            .Where(Directory.Exists)
            .Select(folder => (Folder: folder, Found: Selection.In(folder)))
            .Where(f => f.Found.Read.Count > 0)
            .OrderBy(f => f.Found.Missing is not null)
            .ToArray();
        return found is [var first, ..] ? first : null;
    }
}
