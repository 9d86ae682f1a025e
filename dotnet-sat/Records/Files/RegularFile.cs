using System.Text;

namespace Sat.Records.Files;

/// <summary>
/// The one way to read files that others may have put there: a pipe, a device or a socket is refused rather than waited for,
/// and what is read whole is no larger than it may be.
/// </summary>
public static class RegularFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The most that is read of a document of the tool: 512 MiB.</summary>
    public const long MostOfDocument = 512L << 20;

    /// <summary>The most that is read of what a person writes, such as a study: 16 MiB.</summary>
    public const long MostOfText = 16L << 20;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="share">What others may do to it meanwhile.</param>
    /// <exception cref="IOException">It is no regular file, is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read)
    {
        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, share);
    }

    /// <summary>The content of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="share">What others may do to it meanwhile.</param>
    /// <exception cref="IOException">It is no regular file, larger, is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static byte[] ReadAllBytes(string path, long most = MostOfDocument, FileShare share = FileShare.Read)
    {
        using var file = OpenRead(path, share);
        if (file.Length > most)
            throw new IOException($"{path} has {file.Length} bytes, but at most {most} are read");
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The content of a file as text, in UTF-8 unless it begins with the mark of another encoding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="share">What others may do to it meanwhile.</param>
    /// <exception cref="IOException">It is no regular file, larger, is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static string ReadAllText(string path, long most = MostOfText, FileShare share = FileShare.Read)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path, most, share)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The content of a file that people write, where no character may be lost: as <see cref="ReadAllText"/>, but
    /// strictly.</summary>
    /// <exception cref="DecoderFallbackException">It is not valid UTF-8.</exception>
    /// <exception cref="IOException">It is no regular file, larger, is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static string ReadStrictText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path, MostOfText)), StrictUtf8);
        return reader.ReadToEnd();
    }

    /// <summary>Refuses what is there and no regular file; a path that names nothing passes, so that it can be made.</summary>
    /// <exception cref="IOException">It is something else, or no path.</exception>
    public static void Require(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new IOException($"{path} is not a path: it contains the character NUL");
        if (FileKind.Irregular(path) is { } kind)
            throw new IOException($"{path} is {kind}, not a regular file");
    }
}
