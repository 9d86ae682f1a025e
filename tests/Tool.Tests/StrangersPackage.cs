using System.IO.Compression;
using System.Text;

namespace Sat.Tool.Tests;

/// <summary>The stranger's plugin as a package.</summary>
internal static class StrangersPackage
{
    public const string Id = "stranger.smoothing";

    /// <summary>Packs the stranger's plugin as <c>dotnet pack</c> does, or otherwise.</summary>
    /// <param name="folder">Where the package goes.</param>
    /// <param name="manifest">Changes the manifest; null from it: there is none.</param>
    /// <param name="type">The type of package.</param>
    /// <param name="also">Adds to it.</param>
    /// <param name="metadata">What the package says of itself beyond its name: its licence, by default.</param>
    /// <param name="version">Its version.</param>
    public static void Pack(
        string folder,
        Func<string, string?>? manifest = null,
        string type = "DotnetSatPlugin",
        Action<ZipArchive>? also = null,
        string metadata = """<license type="expression">MIT</license>""",
        string version = "0.1.0"
    )
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Id}.{version}.nupkg");
        File.Delete(path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(
            archive,
            $"{Id}.nuspec",
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>{Id}</id><version>{version}</version><authors>A. Stranger</authors><description>Smooths labels</description>
              {metadata}<packageTypes><packageType name="{type}" /></packageTypes>
            </metadata></package>
            """
        );
        foreach (var file in Directory.GetFiles(Places.Bin("Stranger")))
        {
            if (Path.GetFileName(file) == "sat-plugin.json")
            {
                if ((manifest ?? (text => text))(File.ReadAllText(file)) is { } text)
                    Write(archive, "plugin/sat-plugin.json", text);
            }
            else
            {
                archive.CreateEntryFromFile(file, "plugin/" + Path.GetFileName(file));
            }
        }
        also?.Invoke(archive);
    }

    public static void Write(ZipArchive archive, string name, string text)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
