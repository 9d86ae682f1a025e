using System.Text;
using System.Text.RegularExpressions;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Keeps the end of what a worker prints: what it said of its own end must be known where its log cannot be written. Frames of a stack
/// trace are left out: what went wrong stands before them.
/// </summary>
public sealed partial class LastLines
{
    private const int Lines = 10;

    // A trace of libtorch and .NET together is some ten kilobytes.
    private const int Bytes = 64 * 1024;

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
            return string.Join('\n', Encoding.UTF8.GetString(_last).TrimEnd().Split('\n').Where(l => !Frame().IsMatch(l)).TakeLast(Lines));
    }

    // Of libtorch, .NET, glibc's backtrace(), gdb and sanitizers.
    [GeneratedRegex(
        @"^\s*(frame #\d+:|at \S+\(|at \S+ in /|#\d+ +0x|\S+\(\S*\) ?\[0x[0-9a-f]+\])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Frame();
}
