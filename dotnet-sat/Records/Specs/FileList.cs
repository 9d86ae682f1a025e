using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Records.Specs;

/// <summary>
/// Many files by one checksum: that of their list, a line a file as <c>sha256sum</c> writes it. A run names a handful of files
/// one by one, and the thousands of images of a folder by this.
/// </summary>
/// <param name="Count">How many files there are.</param>
/// <param name="Sha256">SHA-256 of its text (<see cref="ChecksumList.Text"/>), 64 hexadecimal digits.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FileList([property: JsonRequired] int Count, [property: JsonRequired] string Sha256)
{
    /// <summary>So many files are still named one by one.</summary>
    public const int MostNamed = 32;

    private const string Extension = ".sha256";
    private const string Prefix = "data-";

    /// <summary>The name of the file in the output folder that holds the list: one for all its runs.</summary>
    [JsonIgnore]
    public string FileName => Prefix + Sha256[..Math.Min(RunFolder.NameLength, Sha256.Length)] + Extension;

    /// <summary>The list of these files.</summary>
    /// <param name="sums">Relative names to SHA-256.</param>
    public static FileList From(IReadOnlyDictionary<string, string> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return new FileList(sums.Count, Hash(ChecksumList.Text(sums)));
    }

    /// <summary>The lists of an output folder, by path.</summary>
    public static IEnumerable<string> In(string outputFolder) =>
        Directory.EnumerateFiles(outputFolder, Prefix + "*" + Extension).Order(StringComparer.Ordinal);

    /// <summary>True if a list's text is the one that its name says.</summary>
    public static bool IsWhole(string path, string text) => Path.GetFileName(path) == new FileList(0, Hash(text)).FileName;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
