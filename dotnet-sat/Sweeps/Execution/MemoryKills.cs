using System.Globalization;
using Sat.Records;
using Sat.Records.Files;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Processes that the system ended because memory ran out, as Linux counts them: for this process's control group (<c>memory.events</c> or
/// <c>memory.oom_control</c>), and for the whole machine (<c>/proc/vmstat</c>). A SIGKILL by itself does not say who sent it.
/// </summary>
/// <param name="files">Files with a line <c>oom_kill N</c>. Those that are not there count nothing.</param>
public sealed class MemoryKills(IReadOnlyList<string> files)
{
    private const string Counter = "oom_kill ";

    /// <summary>Of this machine; on others than Linux nothing is counted.</summary>
    public static MemoryKills OfThisMachine { get; } = new(OperatingSystem.IsLinux() ? [.. GroupFiles(), "/proc/vmstat"] : []);

    /// <summary>True if a system counts here: where none does, nobody can say why a worker was killed.</summary>
    public bool IsKnown => files.Any(f => Read(f) is not null);

    /// <summary>The counters now.</summary>
    public IReadOnlyList<long> Count() => [.. files.Select(f => Read(f) ?? 0)];

    /// <summary>True if a counter has risen.</summary>
    /// <param name="before">From <see cref="Count"/>.</param>
    public bool RoseSince(IReadOnlyList<long> before) => Count().Zip(before, (now, then) => now > then).Any(rose => rose);

    /// <summary>Where the kernel counts for this process's control group, of version 2 and of version 1.</summary>
    private static IEnumerable<string> GroupFiles()
    {
        foreach (var line in Lines("/proc/self/cgroup"))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
                continue;
            if (controllers.Length == 0)
                yield return $"/sys/fs/cgroup{path.TrimEnd('/')}/memory.events";
            else if (controllers.Split(',').Contains("memory"))
                yield return $"/sys/fs/cgroup/memory{path.TrimEnd('/')}/memory.oom_control";
        }
    }

    private static long? Read(string file) =>
        Lines(file).FirstOrDefault(l => l.StartsWith(Counter, StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan(Counter.Length), CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    private static string[] Lines(string file)
    {
        try
        {
            if (!File.Exists(file))
                return [];
            // The kernel's files say that they are empty: their content is made while it is read.
            using var reader = new StreamReader(RegularFile.OpenRead(file, FileShare.ReadWrite));
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SatException)
        {
            return [];
        }
    }
}
