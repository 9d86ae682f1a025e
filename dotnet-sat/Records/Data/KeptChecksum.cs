using System.Security.Cryptography;
using System.Text;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>
/// The SHA-256 of a large file, computed once and kept in a hidden file beside it with the file's stamp (<see cref="FileStamp"/>): 145 GB
/// would take minutes before each run. One that was kept of another file, or is damaged, counts as none.
/// </summary>
internal static class KeptChecksum
{
    /// <summary>Bytes from which on a file is large: smaller ones take a second.</summary>
    public const long Least = 128L << 20;

    private const string Ending = ".sat-sha256";

    /// <summary>True for the name of a file that holds one.</summary>
    public static bool Is(ReadOnlySpan<char> name) => name.StartsWith('.') && name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>The checksum of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="afresh">True to compute it, whatever was kept.</param>
    /// <param name="told">Hears how many bytes were read.</param>
    public static string Of(FileStream file, bool afresh, Action<long> told)
    {
        var place = Place(file.Name);
        var stamp = FileStamp.Of(file);
        if (!afresh && Read(place, stamp) is { } known)
            return known;
        var sum = Compute(file, told);
        // What was written to meanwhile is known by nothing.
        if (FileStamp.Of(file) == stamp)
            Write(place, stamp, sum);
        return sum;
    }

    /// <summary>Lets go of what is kept of a file.</summary>
    public static void Forget(string path)
    {
        try
        {
            File.Delete(Place(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed was not written by this user.
        }
    }

    private static string Place(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}{Ending}");

    private static string Compute(FileStream file, Action<long> told)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var done = 0L;
        while (file.Read(buffer) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            told(done += read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? Read(string place, string stamp)
    {
        try
        {
            return
                File.Exists(place)
                && RegularFile.ReadAllText(place, most: 4096).Split('\n') is [var of, var sum, var seal, ""]
                && of == stamp
                && seal == Seal(of, sum)
                ? sum
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string place, string stamp, string sum)
    {
        try
        {
            // One that is cut off has no seal.
            File.WriteAllText(place, $"{stamp}\n{sum}\n{Seal(stamp, sum)}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be for reading alone: then the checksum is computed whenever it is needed.
        }
    }

    private static string Seal(string stamp, string sum) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stamp}\n{sum}")));
}
