namespace Sat.Records;

/// <summary>The exit codes of <c>dotnet sat</c>. When several apply, <see cref="Worst"/> decides.</summary>
public static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Fine = 0;

    /// <summary>A failure nobody foresaw: a defect of the tool.</summary>
    public const int Unexpected = 1;

    /// <summary>Found while planning: usage, study file, unknown component or option.</summary>
    public const int Planning = 2;

    /// <summary>Some run failed or diverged.</summary>
    public const int RunFailed = 3;

    /// <summary>A gate was not met.</summary>
    public const int GateNotMet = 4;

    /// <summary>The environment: libtorch, device, data, output folder, a plugin that does not load.</summary>
    public const int Environment = 5;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;

    private static readonly int[] FromWorst = [Interrupted, Terminated, Unexpected, Environment, Planning, RunFailed, GateNotMet, Fine];

    /// <summary>The worse of two codes, in the order 130, 143, 1, 5, 2, 3, 4, 0.</summary>
    public static int Worst(int first, int second) => Array.IndexOf(FromWorst, first) <= Array.IndexOf(FromWorst, second) ? first : second;
}
