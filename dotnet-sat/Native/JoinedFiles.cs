using System.Globalization;
using Sat.Backends;

namespace Sat.Native;

/// <summary>Libraries that were put together from their parts: gigabytes, so only once.</summary>
/// <param name="records">Folder with a file for each library, which says what it was put together from.</param>
sealed class JoinedFiles(string records)
{
    /// <summary>Puts a library together, unless the target is that library already.</summary>
    /// <param name="library">What it is made of.</param>
    /// <param name="beside">Where it is made, on the target's disk.</param>
    /// <param name="target">Where it goes once it is whole.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="InvalidDataException">It is not the one that its package says.</exception>
    public void Place(SplitLibrary library, string beside, string target, CancellationToken stop)
    {
        var record = Path.Combine(records, library.Name);
        var origin = Origin(library);
        if (File.Exists(record) && File.ReadAllText(record) == origin && IsWhole(library, new FileInfo(target)))
            return;
        try
        {
            library.PutTogether(beside, _ => { }, stop);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{exception.Message}. Delete {string.Join(", ", library.Parts.Select(PackageFolder).Distinct(StringComparer.Ordinal))} and build again, which restores the packages anew.",
                exception
            );
        }

        File.Move(beside, target, overwrite: true);
        File.WriteAllText(beside, origin);
        Directory.CreateDirectory(records);
        File.Move(beside, record, overwrite: true);
    }

    static bool IsWhole(SplitLibrary library, FileInfo target) =>
        target is { Exists: true, LinkTarget: null } && target.Length == library.Bytes;

    // Paths name the packages and their versions; the times tell of a package that was restored anew.
    static string Origin(SplitLibrary library) =>
        string.Join(
            '\n',
            library
                .Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part} {new FileInfo(part).LastWriteTimeUtc:O}"))
                .Append(library.Sha256)
        );

    // A part is in runtimes/RID/native or fragments/RID/native.
    static string PackageFolder(string part) => Path.GetFullPath(Path.Combine(part, "..", "..", "..", ".."));
}
