using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sat.Records.Files;

/// <summary>The file <c>SHA256SUMS</c> of a folder, a line a file as <c>sha256sum</c> writes and checks them.</summary>
public static partial class ChecksumList
{
    /// <summary>Its name.</summary>
    public const string FileName = "SHA256SUMS";

    private const int HashLength = 64;

    /// <summary>The list as a text.</summary>
    /// <param name="sums">Names within the folder to SHA-256.</param>
    public static string Text(IEnumerable<KeyValuePair<string, string>> sums)
    {
        var text = new StringBuilder();
        foreach (var (name, sum) in sums.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            // As sha256sum does: the line says that its name is escaped.
            var escaped =
                name.AsSpan().IndexOfAny(Escaped) < 0
                    ? name
                    : name.Replace("\\", "\\\\", StringComparison.Ordinal)
                        .Replace("\n", "\\n", StringComparison.Ordinal)
                        .Replace("\r", "\\r", StringComparison.Ordinal);
            if (!ReferenceEquals(escaped, name))
                text.Append('\\');
            text.Append(sum).Append("  ").Append(escaped).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>SHA-256 of a file, 64 hexadecimal digits.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string PathFor(string path)
    {
        using var file = RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Holds a file against a checksum; null when it is right.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sum">SHA-256.</param>
    public static FileDamage? Check(string folder, string name, string sum)
    {
        try
        {
            return PathFor(Path.Combine(folder, name)) == sum ? null : new FileDamage(name, FileDamage.Changed);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileDamage(name, FileDamage.Missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileDamage(name, $"it cannot be read ({e.Message})");
        }
    }

    /// <summary>The list of a folder; null when it has none. A line that is none is left out, and its file is then not vouched
    /// for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isWhole">False if a line is none.</param>
    /// <param name="fileName">The list's name.</param>
    public static IReadOnlyDictionary<string, string>? Read(string folder, out bool isWhole, string fileName = FileName)
    {
        isWhole = true;
        string[] lines;
        try
        {
            lines = RegularFile.ReadAllText(Path.Combine(folder, fileName), RegularFile.MostOfDocument).Split('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            isWhole = false;
            return new Dictionary<string, string>();
        }
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var written in lines[..^1])
        {
            var (line, isEscaped) = written.StartsWith('\\') ? (written[1..], true) : (written, false);
            if (
                line.Length > HashLength + 2
                && line.AsSpan(HashLength, 2) is "  "
                && line.AsSpan(0, HashLength).IndexOfAnyExcept(Hexadecimal) < 0
            )
                isWhole &= sums.TryAdd(isEscaped ? Unescaped(line[(HashLength + 2)..]) : line[(HashLength + 2)..], line[..HashLength]);
            else
                isWhole = false;
        }
        isWhole &= lines[^1].Length == 0;
        return sums;
    }

    private static string Unescaped(string name) =>
        Escape()
            .Replace(name, m => m.Value switch
                {
                    "\\n" => "\n",
                    "\\r" => "\r",
                    _ => "\\",
                });

    [GeneratedRegex(@"\\[\\nr]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escape();

    private static readonly System.Buffers.SearchValues<char> Escaped = System.Buffers.SearchValues.Create("\\\n\r");

    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdef");
}
