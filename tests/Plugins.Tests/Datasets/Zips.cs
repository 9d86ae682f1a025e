using System.IO.Compression;

namespace Sat.Datasets.Tests;

/// <summary>Zip archives.</summary>
static class Zips
{
    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var written = new MemoryStream();
        using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return written.ToArray();
    }
}
