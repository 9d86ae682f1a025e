using System.Globalization;

namespace Sat.Engine.Conditions;

/// <summary>
/// Energy of the processor packages, where Linux tells it (RAPL, /sys/class/powercap); it is that of the machine, not of one process.
/// Reading it takes a privilege on most systems.
/// </summary>
public sealed class EnergyMeter
{
    private readonly (string Folder, long Start)[] _zones;

    private EnergyMeter((string Folder, long Start)[] zones) => _zones = zones;

    /// <summary>Starts to measure.</summary>
    /// <param name="root">Where the system tells it.</param>
    public static EnergyMeter Start(string root = "/sys/class/powercap")
    {
        if (!Directory.Exists(root))
            return new EnergyMeter([]);
        // Whole packages: their parts (core, uncore, dram) have a second number, as in intel-rapl:0:1.
        var packages = Directory.EnumerateDirectories(root, "*-rapl:*").Where(d => Path.GetFileName(d).Count(c => c == ':') == 1);
        return new EnergyMeter([
            .. packages.Select(d => (d, Number(d, "energy_uj"))).Where(z => z.Item2 is not null).Select(z => (z.d, z.Item2!.Value)),
        ]);
    }

    /// <summary>Joules since the start; null where the system does not tell.</summary>
    public double? Joules()
    {
        var sum = 0.0;
        foreach (var (folder, start) in _zones)
        {
            if (Number(folder, "energy_uj") is not { } now)
                return null;
            // The counter starts anew when it is full.
            sum += (now >= start ? now - start : now - start + (Number(folder, "max_energy_range_uj") ?? 0)) / 1e6;
        }
        return _zones.Length == 0 ? null : sum;
    }

    private static long? Number(string folder, string file)
    {
        try
        {
            return long.TryParse(
                File.ReadAllText(Path.Combine(folder, file)),
                NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var value
            )
                ? value
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
