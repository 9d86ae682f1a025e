using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Records.Runs;

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
