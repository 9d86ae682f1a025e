using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>Images in files of their own.</summary>
sealed class LooseImageFiles(DataFiles files) : IImageFiles
{
    public IReadOnlyList<string> Names => files.Names;

    public string Location => files.Location;

    public Stream OpenRead(string name) => files.OpenRead(name);

    public void Dispose() { }
}
