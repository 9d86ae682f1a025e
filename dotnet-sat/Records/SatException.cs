namespace Sat.Records;

/// <summary>An error that is the user's to mend: shown as its problems, without a stack trace.</summary>
public sealed class SatException : Exception
{
    /// <summary>Creates an error of one problem.</summary>
    public SatException(int exitCode, string message, SourceLocation? at = null, Exception? inner = null)
        : this(exitCode, [new Problem(message, at)], inner) { }

    /// <summary>Creates an error of several problems, at least one.</summary>
    public SatException(int exitCode, IReadOnlyList<Problem> problems, Exception? inner = null)
        : base(string.Join(Environment.NewLine, problems), inner)
    {
        ExitCode = exitCode;
        Problems = problems;
    }

    /// <summary>The process's exit code, one of <see cref="Records.ExitCode"/>.</summary>
    public int ExitCode { get; }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>True if no other run would fare better here: there is no such device, libtorch does not load, the disk is full.</summary>
    public bool ConcernsEveryRun { get; init; }

    /// <summary>True if a file of the tool is not what it was when it was written: what it says is not to be believed, and it can be made
    /// again.</summary>
    public bool IsDamage { get; init; }
}
