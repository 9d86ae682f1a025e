using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sat.Publishing.Bundles;
using Sat.Publishing.Descriptions;
using Sat.Records.Plans;
using Sat.SyntheticSweeps;

namespace Sat.Publishing.Tests;

/// <summary>Bundles of made-up sweeps, and what is in them.</summary>
internal static class MadeBundle
{
    public const string Manifest = "manifest-sha256.txt",
        Tool = "1.0.0+test";

    public static readonly Publication About = Publication.Parse(Publication.Example, "about.yaml");

    /// <summary>A bundle of a sweep, which is made where it is not there.</summary>
    public static string Make(TemporaryFolder folder, string name, int runs = 12, Publication? about = null)
    {
        if (Plan.Read(folder.At(name)) is null)
            SyntheticSweep.Write(folder.At(name), runs, epochs: 3);
        new BundleWriter(about ?? About, Tool).Write(folder.At(name), folder.At(name + ".zip"));
        return folder.At(name + ".zip");
    }

    public static Dictionary<string, byte[]> Contents(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            files[entry.FullName] = bytes.ToArray();
        }
        return files;
    }

    /// <summary>Writes the list of checksums anew, as one who changes a bundle would.</summary>
    public static void Seal(Dictionary<string, byte[]> files)
    {
        var lines = files.Where(f => f.Key != Manifest).OrderBy(f => f.Key, StringComparer.Ordinal);
        var text = string.Concat(lines.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Value))}  {f.Key}\n"));
        files[Manifest] = Encoding.UTF8.GetBytes(text);
    }

    public static string Pack(TemporaryFolder folder, Dictionary<string, byte[]> files, string name = "changed.zip")
    {
        var path = folder.At(name);
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (file, bytes) in files)
        {
            using var content = zip.CreateEntry(file).Open();
            content.Write(bytes);
        }
        return path;
    }
}
