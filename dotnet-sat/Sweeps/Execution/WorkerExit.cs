using System.Globalization;

namespace Sat.Sweeps.Execution;

/// <summary>How a worker process ended.</summary>
/// <param name="Code">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Printed">The last lines that it printed, whether or not its log could be written; empty: nothing.</param>
public readonly record struct WorkerExit(int Code, string Printed = "")
{
    private const string ErrorMark = "error: ";

    private static readonly string[] CrashMarks =
    [
        "terminate called",
        "Assertion `",
        "Assertion failed",
        "Unhandled exception",
        "Process terminated",
        "Fatal error",
        "Stack overflow",
        "*** ",
        "free(): ",
        "malloc(): ",
        "realloc(): ",
        "munmap_chunk(): ",
        "double free",
        "corrupted ",
        "symbol lookup error",
        "pure virtual method called",
        "ERROR: AddressSanitizer",
    ];

    /// <summary>The exit code of a worker that found its run's lease held by another.</summary>
    public const int LeaseHeld = 75;

    /// <summary>
    /// The exit code of a worker that met what no other run would survive either: there is no such device, libtorch does
    /// not load, the disk is full. Where it had not begun the run, its last line on standard error says what.
    /// </summary>
    public const int NoRunHere = 69;

    /// <summary>The exit code of a worker that somebody, or a system short of memory, ended by SIGKILL.</summary>
    public const int Killed = 128 + 9;

    /// <summary>The last lines of its standard error alone, where they are known apart: those of standard output come in between as they
    /// please.</summary>
    public string? StandardError { get; init; }

    /// <summary>What it said of its own end: the text behind the last <c>error: </c> that begins a line; null: nothing.</summary>
    public string? Error
    {
        get
        {
            var lines = (StandardError ?? Printed).Split('\n');
            var start = Array.FindLastIndex(lines, l => l.StartsWith(ErrorMark, StringComparison.Ordinal));
            return start < 0 ? null : string.Join('\n', lines[start..])[ErrorMark.Length..];
        }
    }

    /// <summary>Of a worker that a signal ended: the line that says why, in words of C++, glibc or .NET; null: none does.</summary>
    public string? FirstOfCrash
    {
        get
        {
            if (OperatingSystem.IsWindows() || Code is <= 128 or > 128 + 64)
                return null;
            var lines = Printed.Split('\n').Select(l => l.Trim()).ToArray();
            return Array.Find(lines, l => l.StartsWith("what():", StringComparison.Ordinal))?["what():".Length..].Trim()
                ?? Array.Find(lines, l => Array.Exists(CrashMarks, m => l.Contains(m, StringComparison.Ordinal)));
        }
    }

    /// <summary>How it ended, in words: <c>was killed by SIGKILL (9)</c>, <c>ended with exit code 7</c>.</summary>
    public string Describe() =>
        !OperatingSystem.IsWindows() && Code is > 128 and <= 128 + 64
            ? string.Create(CultureInfo.InvariantCulture, $"was killed by {SignalName(Code - 128)} ({Code - 128})")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {Code}");

    private static string SignalName(int signal) =>
        signal switch
        {
            1 => "SIGHUP",
            2 => "SIGINT",
            3 => "SIGQUIT",
            4 => "SIGILL",
            5 => "SIGTRAP",
            6 => "SIGABRT",
            8 => "SIGFPE",
            9 => "SIGKILL",
            11 => "SIGSEGV",
            13 => "SIGPIPE",
            15 => "SIGTERM",
            24 => "SIGXCPU",
            25 => "SIGXFSZ",
            // 7 and 10 differ between Linux and macOS.
            7 when OperatingSystem.IsLinux() => "SIGBUS",
            10 when OperatingSystem.IsMacOS() => "SIGBUS",
            _ => "signal",
        };
}
