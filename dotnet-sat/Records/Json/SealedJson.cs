using System.Security.Cryptography;

namespace Sat.Records.Json;

/// <summary>
/// JSON files that carry their own SHA-256. It is the last member, <c>"checksum"</c>, and covers every byte of the file but
/// those of its own line and the comma before it.
/// </summary>
public static class SealedJson
{
    private const int HashLength = 64;

    private static ReadOnlySpan<byte> End => "\n}\n"u8;

    private static ReadOnlySpan<byte> Before => ",\n  \"checksum\": \""u8;

    private static ReadOnlySpan<byte> After => "\"\n}\n"u8;

    /// <summary>Writes a record indented, its checksum at the end.</summary>
    public static void Write<T>(Stream stream, T value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var text = new MemoryStream();
        SatJson.WriteIndented(text, value);
        var plain = text.GetBuffer().AsSpan(0, (int)text.Length);
        if (!plain.EndsWith(End) || plain.Length <= End.Length + 1)
            throw new ArgumentException("only an object with members can carry a checksum", nameof(value));
        stream.Write(plain[..^End.Length]);
        stream.Write(Before);
        stream.Write(Convert.ToHexStringLower(SHA256.HashData(plain)).Select(c => (byte)c).ToArray());
        stream.Write(After);
    }

    /// <summary>Holds a file against its checksum.</summary>
    /// <param name="file">All of its bytes.</param>
    public static SealState State(ReadOnlySpan<byte> file)
    {
        var length = Before.Length + HashLength + After.Length;
        if (file.Length <= length || !file.EndsWith(After) || !file[^length..].StartsWith(Before))
            return SealState.Missing;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..^length]);
        hash.AppendData(End);
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        Span<byte> text = stackalloc byte[HashLength];
        return
            Convert.TryToHexStringLower(sum, text, out _)
            && text.SequenceEqual(file.Slice(file.Length - length + Before.Length, HashLength))
            ? SealState.Whole
            : SealState.Broken;
    }
}
