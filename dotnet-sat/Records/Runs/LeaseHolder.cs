using System.ComponentModel;
using System.Globalization;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Who holds a lease.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="System">What tells this start of the machine, and this container on it, from others; null where the system does not tell.</param>
/// <param name="Process">The process's id.</param>
/// <param name="Started">When the process was started, UTC.</param>
public sealed record LeaseHolder(string Machine, string? System, int Process, DateTime Started)
{
    /// <summary>This process.</summary>
    public static LeaseHolder Current { get; } = ThisProcess();

    /// <summary>True if it is a process of this very system, and is gone.</summary>
    public bool IsGone()
    {
        if (Machine != Current.Machine || System != Current.System)
            return false;
        try
        {
            using var process = global::System.Diagnostics.Process.GetProcessById(Process);
            // Another process may have got its number.
            return process.HasExited || IsZombie() || Math.Abs((process.StartTime.ToUniversalTime() - Started).TotalSeconds) > 2;
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

    /// <summary>Ended, and not yet waited for by its parent: on Linux it still looks like a process.</summary>
    private bool IsZombie()
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Process}/stat"));
            // The name, in parentheses, can hold anything; the state follows it.
            return stat[(stat.LastIndexOf(')') + 2)..] is ['Z' or 'X', ..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Its text in the lease.</summary>
    public string Write() => SatJson.Write(this);

    private static LeaseHolder ThisProcess()
    {
        using var process = global::System.Diagnostics.Process.GetCurrentProcess();
        return new LeaseHolder(Environment.MachineName, SystemId(), process.Id, process.StartTime.ToUniversalTime());
    }

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
