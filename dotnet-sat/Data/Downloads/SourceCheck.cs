using System.Globalization;
using System.Security.Cryptography;
using Sat.Data.Progress;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Data.Downloads;

/// <summary>Tells whether a file is the source that its author publishes.</summary>
internal static class SourceCheck
{
    /// <summary>Compares length and checksum.</summary>
    /// <returns>What is wrong, as half a sentence that goes on from "it"; null: nothing.</returns>
    /// <exception cref="SatException">The file cannot be read (exit code 5).</exception>
    public static string? Problem(DataSource source, string path, IDataListener listener, CancellationToken stop)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            return Problem(source, file, listener, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"{path} cannot be read: {e.Message}", inner: e);
        }
    }

    private static string? Problem(DataSource source, FileStream file, IDataListener listener, CancellationToken stop)
    {
        if (source.Bytes is { } bytes && file.Length != bytes)
            return $"has {Count(file.Length)} bytes, and {Count(bytes)} are published{Kind(Head(file))}";
        var (name, published) = source.Sha256 is { } sha256 ? (HashAlgorithmName.SHA256, sha256) : (HashAlgorithmName.MD5, source.Md5!);
        var found = Hash(file, name, source.Name, listener, stop);
        if (found == published)
            return null;
        file.Position = 0;
        return $"has the {(name == HashAlgorithmName.MD5 ? "MD5" : "SHA-256")} {found}, and {published} is published{Kind(Head(file))}";
    }

    /// <summary>What a file seems to be instead, by its first bytes: a clause with its colon, or nothing.</summary>
    public static string Kind(ReadOnlySpan<byte> head) => MistakenContent.Recognize(head) is { } mistaken ? $": {mistaken}" : "";

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static byte[] Head(FileStream file)
    {
        var head = new byte[MistakenContent.HeadLength];
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static string Hash(FileStream file, HashAlgorithmName algorithm, string name, IDataListener listener, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            listener.Progressed(new DataProgress(DataStage.Checking, name, file.Position, file.Length));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
