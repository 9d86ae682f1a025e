using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Plans;

namespace Sat.Sweeps.Planning;

/// <summary>Finds files and hashes them, each place once a planning.</summary>
/// <param name="dataRoot">Data by component id, for paths not given.</param>
/// <param name="allowMissing">True to tell files that are not here by their warnings, where else they are errors; what is there and wrong
/// is an error always.</param>
/// <param name="watcher">Hears how far it is with large files; null: nobody does.</param>
public sealed class DataChecksums(string dataRoot, bool allowMissing = false, Action<DataProgress>? watcher = null)
{
    private readonly Dictionary<(string Owner, string Location), (FileSet? Files, SatException? Error)> _known = [];

    /// <summary>The files of a component whose author tells which they are.</summary>
    /// <param name="owner">Who reads them, for messages.</param>
    /// <param name="schema">The component; it has a layout.</param>
    /// <param name="given">Where the study says they lie; null: it does not say. Then, while they are not there, they are planned as
    /// published.</param>
    /// <exception cref="SatException">They are not there, or cannot be read (exit code 5).</exception>
    public FileSet For(string owner, ComponentSchema schema, string? given)
    {
        var layout = schema.Kind == ComponentKind.Dataset ? schema.Data! with { Obtain = schema.Data!.ObtainFor(schema.Id) } : schema.Data!;
        var location = given ?? Path.GetFullPath(Path.Combine(dataRoot, schema.Id));
        return Once((schema.Name, location), () =>
        {
            DataFiles files;
            try
            {
                files = DataFiles.Find(owner, layout, location);
            }
            catch (SatException) when (given is null && Published(layout) is { } published)
            {
                return new FileSet(published.Name, published.Files, location)
                {
                    Known = KnownFiles.Published,
                    Warnings = allowMissing ? [NotHere(owner, schema, layout, location)] : [],
                };
            }
            catch (SatException) when (allowMissing && (given is null ? DataFiles.AreAbsent(layout, location) : !Path.Exists(given)))
            {
                return FileSet.NotHere(location, given is null ? NotHere(owner, schema, layout, location) : Nothing(given));
            }
            files.Watcher = watcher;
            return new FileSet(files.VariantOf(layout), files.Checksums(), Path.GetFullPath(files.Location));
        });
    }

    /// <summary>The files at a path that a component reads.</summary>
    /// <param name="owner">Who reads them, for messages.</param>
    /// <param name="schema">The component.</param>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="SatException">Nothing is there, or it cannot be read (exit code 5).</exception>
    public FileSet At(string owner, ComponentSchema schema, string path) => Once((schema.Reads is null ? "" : schema.Name, path), () =>
        {
            if (allowMissing && !Path.Exists(path))
                return FileSet.NotHere(path, Nothing(path));
            var files = DataFiles.At(owner, path, schema.Reads);
            files.Watcher = watcher;
            return new FileSet(null, files.Checksums(), path)
            {
                Notes = [.. files.Remarks.Select(r => $"{owner} in {Folder(path)}: {r}")],
                Warnings = [.. Beside(owner, path, files.Beside)],
            };
        });

    private static string NotHere(string owner, ComponentSchema schema, DataLayout layout, string location) =>
        schema.Kind == ComponentKind.Dataset && layout.IsDownloadable
            ? $"the files of {owner} are not here: 'dotnet sat data get {schema.Id}' downloads them{(layout.DownloadBytes is { } bytes ? $" ({ByteSize.Text(bytes)})" : "")}."
            : $"the files of {owner} are not at {location}. {layout.Obtain}";

    private static string Nothing(string path) =>
        $"there is no file or folder {path}: the runs that need it are listed, without what only the data can tell.";

    /// <summary>What lies in a folder and is left out, named once: an image that was misnamed would be missed otherwise.</summary>
    private static IEnumerable<string> Beside(string owner, string path, IReadOnlyList<string> files)
    {
        const int most = 3;
        if (files.Count > 0)
            yield return $"{owner} in {Folder(path)}: {string.Join(", ", files.Take(most))}{(files.Count > most ? $" and {Count.Of(files.Count - most, "more file")}" : "")} {Count.Word(files.Count, "is", "are")} not read.";
    }

    /// <summary>A note travels with the report, to readers whom the rest of the path does not concern.</summary>
    private static string Folder(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static DataVariant? Published(DataLayout layout) =>
        layout.Variants.Where(v => layout.Files.All(v.Files.ContainsKey)).OrderByDescending(v => v.Name == "published").FirstOrDefault();

    private FileSet Once((string Owner, string Location) place, Func<FileSet> find)
    {
        if (!_known.TryGetValue(place, out var known))
        {
            try
            {
                known = (find(), null);
            }
            catch (SatException e)
            {
                known = (null, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                known = (null, new SatException(ExitCode.Environment, $"{place.Location} cannot be read: {e.Message}", inner: e));
            }
            _known[place] = known;
        }
        return known.Files ?? throw new SatException(known.Error!.ExitCode, known.Error.Problems, known.Error);
    }
}
