using System.Globalization;
using Sat.Records;

namespace Sat.Tool.Processes;

/// <summary>How many files a process may have open. .NET cannot load its own libraries where these are too few, and would tell of files
/// that do not exist.</summary>
internal static class OpenFiles
{
    /// <summary>What the tool and its plugins need, with some to spare.</summary>
    private const int Needed = 224;

    /// <summary>What each run at a time needs beside that: its pipes, its log, its events.</summary>
    private const int PerRun = 8;

    /// <summary>Makes sure that enough can be opened.</summary>
    /// <param name="runs">Runs at a time.</param>
    /// <exception cref="SatException">It is not (exit code 5).</exception>
    public static void Require(int runs = 0)
    {
        var needed = Needed + runs * PerRun;
        if (Limit() is { } limit && limit < needed)
            throw new SatException(
                ExitCode.Environment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"this process may open {limit} files and needs {needed}: raise the limit, for instance with 'ulimit -n 1024'{(runs > 1 ? ", or make fewer runs at a time" : "")}."
                )
            );
    }

    /// <summary>The limit on Linux; null: there is none, or the system does not say.</summary>
    private static long? Limit()
    {
        try
        {
            const string name = "Max open files";
            var line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))
                : null;
            return long.TryParse(
                line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var limit
            )
                ? limit
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
