using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Datasets.Files;

/// <summary>Images in a zip archive, which stays open.</summary>
sealed class ZippedImageFiles : IImageFiles
{
    private readonly CheckedZip _zip;
    private readonly string _folder;

    /// <summary>Opens one.</summary>
    /// <param name="dataset">The dataset's id, for messages.</param>
    /// <param name="files">They hold the archive.</param>
    /// <param name="archive">Its name.</param>
    /// <param name="folder">The folder in it that the names are relative to; what lies elsewhere is passed over.</param>
    /// <exception cref="SatException">It is none (exit code 5).</exception>
    public ZippedImageFiles(string dataset, DataFiles files, string archive, string folder)
    {
        Location = Directory.Exists(files.Location) ? Path.Combine(files.Location, archive) : files.Location;
        _folder = folder + "/";
        try
        {
            _zip = new CheckedZip(files.OpenRead(archive));
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"dataset '{dataset}': {Location} is no whole zip archive: {e.Message.TrimEnd('.')}. Get it again.",
                inner: e
            );
        }
        Names =
        [
            .. _zip
                .Names.Where(n => n.StartsWith(_folder, StringComparison.Ordinal) && !n.Split('/').Any(p => StrayFiles.Is(p)))
                .Select(n => n[_folder.Length..]),
        ];
    }

    public IReadOnlyList<string> Names { get; }

    public string Location { get; }

    public Stream OpenRead(string name) =>
        new MemoryStream(_zip.ReadAllBytes(_folder + name) ?? throw new InvalidDataException("it is not there"), writable: false);

    public void Dispose() => _zip.Dispose();
}
