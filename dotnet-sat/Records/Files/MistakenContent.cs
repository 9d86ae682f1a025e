using System.Text;

namespace Sat.Records.Files;

/// <summary>Tells by a file's first bytes what it is when it is not what its name says: what servers, Git and other programs leave in the
/// place of data.</summary>
public static class MistakenContent
{
    /// <summary>Bytes at a file's beginning that show what it is.</summary>
    public const int HeadLength = 512;

    private const int QuotedLength = 40;

    /// <summary>What a file is, as <c>it is an HTML page, such as servers send for errors and log-ins</c>; null: nothing that is known
    /// here.</summary>
    /// <param name="head">Its first bytes, <see cref="HeadLength"/> where it has as many.</param>
    public static string? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return "it is empty";
        head = head[..Math.Min(head.Length, HeadLength)];
        if (head is [0x89, 0x48, 0x44, 0x46, ..])
            return "it is an HDF5 file";
        if (head.StartsWith("MATLAB 5.0"u8))
            return "it is a MATLAB file";
        if (head is [0x80, >= 2 and <= 5, ..])
            return "it is a Python pickle, which can contain programs and is not read";
        if (head.StartsWith("%PDF"u8))
            return "it is a PDF document";
        if (Text(head) is not { } text)
            return null;
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "it is a Git LFS pointer, not the file itself: 'git lfs pull' gets that";
        if (text.StartsWith('<') && Html.Any(tag => text.Contains(tag, StringComparison.OrdinalIgnoreCase)))
            return "it is an HTML page, such as servers send for errors and log-ins";
        if (text.StartsWith('<'))
            return "it is XML text, such as servers send for errors";
        if (text.StartsWith('{'))
            return "it is JSON text, such as servers send for errors";
        var line = text.Split('\n')[0].TrimEnd();
        return text.Length == 0
            ? "it is blank"
            : $"it is text that begins with '{(line.Length > QuotedLength ? line[..QuotedLength] + "…" : line)}'";
    }

    /// <summary>The same of what is left of a stream; it is read from.</summary>
    public static string? Recognize(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var head = new byte[HeadLength];
        return Recognize(head.AsSpan(0, content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    /// <summary>The same of the file at a path; null too where it cannot be read.</summary>
    public static string? At(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            return Recognize(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static readonly string[] Html = ["<!doctype html", "<html", "<head", "<body"];

    /// <summary>The beginning as text, without blanks before it; null: it is none.</summary>
    private static string? Text(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head);
        // The last character may be cut in two.
        var damaged = text.AsSpan(0, Math.Max(0, text.Length - 1)).Contains('\uFFFD');
        return damaged || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f'))
            ? null
            : text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
    }
}
