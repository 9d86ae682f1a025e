using System.Globalization;
using System.Security.Cryptography;

namespace Sat.Records.Files;

/// <summary>What a large file is known by without reading all of it. It tells one file from another, and a file from what it was before it
/// was written to; not damage in its midst that leaves length and time as they were.</summary>
public static class FileStamp
{
    /// <summary>Bytes at each end that are looked at.</summary>
    private const int Ends = 1 << 16;

    /// <summary>Length, time of the last write, and SHA-256 of the first and last 64 KiB, in a line.</summary>
    /// <param name="file">The file; where it is read next stays as it was.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(FileStream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = file.Length;
        var end = new byte[Math.Min(Ends, length)];
        foreach (var from in new[] { 0, length - end.Length })
        {
            var read = 0;
            while (read < end.Length && RandomAccess.Read(file.SafeFileHandle, end.AsSpan(read), from + read) is > 0 and var more)
                read += more;
            hash.AppendData(end, 0, read);
        }
        // By the open file: a link has a time of its own.
        var written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{length} bytes, {written.Ticks}, {Convert.ToHexStringLower(hash.GetHashAndReset())}"
        );
    }
}
