using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Files of one JSON document a line, appended to.</summary>
public static class JsonLines
{
    /// <summary>Every whole line of the file; a last line without its line break was cut off and is left out. A missing file has
    /// none.</summary>
    /// <exception cref="SatException">The file, or a whole line of it, cannot be read (exit code 5).</exception>
    public static IReadOnlyList<T> Read<T>(string path)
    {
        if (!File.Exists(path))
            return [];
        var lines = Text(path).Split('\n');
        var rows = new List<T>(lines.Length);
        for (var i = 0; i < lines.Length - 1; i++)
        {
            try
            {
                rows.Add(SatJson.Read<T>(lines[i]));
            }
            catch (JsonException e)
            {
                throw JsonFile.Damaged(path, e, "Move its folder away and make the run again.", i + 1);
            }
        }
        return rows;
    }

    private static string Text(string path)
    {
        try
        {
            return RegularFile.ReadAllText(path, RegularFile.MostOfDocument, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"{path} cannot be read: {e.Message}", inner: e);
        }
    }
}

/// <summary>
/// Appends rows to a file of JSON lines; each is handed to the operating system at once. A last line that a killed writer
/// left without its line break is cut off first, lest the next row be joined to it.
/// </summary>
public sealed class JsonLinesWriter : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Opens a file, which is made where missing.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public JsonLinesWriter(string path)
    {
        _path = path;
        try
        {
            RegularFile.Require(path);
            CutOffPartialLine(path);
            // Without a buffer: a row is written or refused here and now, and closing the file writes nothing more.
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(path, e);
        }
    }

    /// <summary>Appends a row.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5); readers leave a row cut off in the middle out.</exception>
    public void Append<T>(T row)
    {
        try
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(row, SatJson.Compact), (byte)'\n']);
        }
        catch (IOException e)
        {
            throw WriteError.Explain(_path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void CutOffPartialLine(string path)
    {
        if (!File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
        }
        if (end < file.Length)
            file.SetLength(end);
    }
}
