using System.Text;

namespace Sat.Sweeps.Execution;

/// <summary>What one worker printed into a run's log, which earlier workers may have begun.</summary>
public sealed class WorkerLog
{
    private const string ErrorMark = "error: ";
    private const int Lines = 10;
    private const int Bytes = 4096;

    private readonly string _path;
    private readonly long _start;

    /// <summary>The log from its present end on.</summary>
    public WorkerLog(string path)
    {
        _path = path;
        _start = File.Exists(path) ? new FileInfo(path).Length : 0;
    }

    /// <summary>What it said of its own end: the text behind the last <c>error: </c> that begins a line; null: nothing.</summary>
    public string? LastError()
    {
        var lines = LastLines().Split('\n');
        var start = Array.FindLastIndex(lines, l => l.StartsWith(ErrorMark, StringComparison.Ordinal));
        return start < 0 ? null : string.Join('\n', lines[start..])[ErrorMark.Length..];
    }

    /// <summary>The last lines; empty where nothing was printed.</summary>
    public string LastLines()
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Position = Math.Max(Math.Min(_start, file.Length), file.Length - Bytes);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Lines));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
