using System.Text;

namespace Sat.Sweeps.Execution;

/// <summary>Keeps the end of what a worker prints: what it said of its own end must be known where its log cannot be written.</summary>
public sealed class LastLines
{
    private const int Lines = 10;
    private const int Bytes = 4096;

    private readonly Lock _lock = new();
    private byte[] _last = [];

    /// <summary>Takes what was printed next, in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        lock (_lock)
        {
            byte[] all = [.. _last, .. text];
            _last = all[Math.Max(0, all.Length - Bytes)..];
        }
    }

    /// <summary>The last lines, without the line break at the end; empty where nothing was printed.</summary>
    public override string ToString()
    {
        lock (_lock)
            return string.Join('\n', Encoding.UTF8.GetString(_last).TrimEnd().Split('\n').TakeLast(Lines));
    }
}
