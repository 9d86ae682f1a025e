using System.Globalization;
using System.Runtime.InteropServices;
using Sat.Benchmarks.Results;
using Sat.Engine.Conditions;
using Sat.Engine.Interop;
using TorchSharp;

namespace Sat.Benchmarks.Measuring;

/// <summary>Reads what the figures need to know of this machine.</summary>
internal static class MachineReader
{
    public static Machine Read(IReadOnlyDictionary<string, string> pythonVersions)
    {
        // Which libtorch it is, only itself can tell.
        LibTorch.Load();
        return new Machine
        {
            Cpu = $"{EnvironmentProbe.CpuName() ?? "unknown processor"} ({EnvironmentProbe.CpuCapability()})",
            Processors = Environment.ProcessorCount,
            MemoryGib = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30),
            Os = Os(),
            Versions = new Dictionary<string, string>
            {
                [".NET"] = Environment.Version.ToString(),
                ["TorchSharp"] = TorchSharpBuild.Version,
                ["libtorch"] = torch.__version__,
            }
                .Concat(pythonVersions)
                .ToDictionary(),
            LoadAtStart = File.Exists("/proc/loadavg")
                ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
                : double.NaN,
        };
    }

    private static string Os()
    {
        const string release = "/etc/os-release";
        var name = File.Exists(release)
            ? File.ReadLines(release)
                .FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
                ?.Split('=', 2)[1]
                .Trim('"')
            : null;
        return $"{name ?? RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}";
    }
}
