using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Who holds a lease.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="System">What tells this start of the machine, and this container on it, from others; null where the system does not
/// tell.</param>
/// <param name="Process">The process's id.</param>
/// <param name="Started">When the process was started, UTC, by the clock as it was set then.</param>
/// <param name="StartTicks">When the process was started, in ticks of the kernel since its own start, which no clock that is set changes;
/// null where the system does not tell, and in leases of version 0.1.0.</param>
/// <param name="Seconds">How long the lease lasts without being renewed; null in leases of version 0.1.0.</param>
public sealed record LeaseHolder(
    string Machine,
    string? System,
    int Process,
    DateTime Started,
    ulong? StartTicks = null,
    double? Seconds = null
)
{
    private const double DefaultSeconds = 60;

    /// <summary>This process.</summary>
    public static LeaseHolder Current { get; } = ThisProcess();

    /// <summary>How long leases of this process last without being renewed.</summary>
    public static TimeSpan OwnTime => TimeSpan.FromSeconds(OwnSeconds());

    /// <summary>How long its lease lasts without being renewed.</summary>
    [JsonIgnore]
    public TimeSpan Time => Seconds is > 0 and < 1e9 and { } seconds ? TimeSpan.FromSeconds(seconds) : OwnTime;

    /// <summary>Reads a holder; null where there is none that can be read.</summary>
    public static LeaseHolder? Read(string path)
    {
        try
        {
            return SatJson.Read<LeaseHolder>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>True if it is a process of this very system, and is gone.</summary>
    public bool IsGone()
    {
        if (Machine != Current.Machine || System != Current.System)
            return false;
        try
        {
            using var process = global::System.Diagnostics.Process.GetProcessById(Process);
            return process.HasExited || IsAnother(process);
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>True if the holder's number is another process's by now, or that of a process that ended and was not yet waited for by its
    /// parent.</summary>
    private bool IsAnother(global::System.Diagnostics.Process process)
    {
        if (!OperatingSystem.IsLinux())
            return Math.Abs((process.StartTime.ToUniversalTime() - Started).TotalSeconds) > 2;
        // .NET reckons from the clock when a process was started. Without the kernel's ticks one must watch.
        return Stat(Process) is { } stat && (stat.State is 'Z' or 'X' || StartTicks is { } ticks && ticks != stat.StartTicks);
    }

    /// <summary>Its text in the lease.</summary>
    public string Write() => SatJson.Write(this);

    /// <summary>A process's state, and when it was started; null where <c>/proc</c> does not tell.</summary>
    private static (char State, ulong StartTicks)? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The name, the second field, stands in parentheses and can hold anything; the state follows it. See proc(5).
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], ulong.Parse(fields[22 - 3], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static LeaseHolder ThisProcess()
    {
        using var process = global::System.Diagnostics.Process.GetCurrentProcess();
        return new LeaseHolder(
            Environment.MachineName,
            SystemId(),
            process.Id,
            process.StartTime.ToUniversalTime(),
            OperatingSystem.IsLinux() ? Stat(process.Id)?.StartTicks : null,
            OwnSeconds()
        );
    }

    private static double OwnSeconds() =>
        double.TryParse(
            Environment.GetEnvironmentVariable(RunLease.Variable),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var seconds
        ) && seconds is > 0 and < 1e9
            ? seconds
            : DefaultSeconds;

    /// <summary>On Linux: the kernel's id of this start, and the container's space of process numbers.</summary>
    private static string? SystemId()
    {
        try
        {
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
