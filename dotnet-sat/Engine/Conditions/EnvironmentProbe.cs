using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Sat.Engine.Interop;
using Sat.Records.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Conditions;

/// <summary>Reads the conditions that a run is made under.</summary>
public static class EnvironmentProbe
{
    /// <summary>The conditions of this process.</summary>
    /// <param name="tool">Version of the tool.</param>
    /// <param name="computation">Where and how it computes.</param>
    /// <param name="plugins">Package to version and hash.</param>
    public static RunEnvironment Read(string tool, Computation computation, IReadOnlyDictionary<string, string> plugins)
    {
        var (device, switches) = (computation.Device, computation.Switches);
        return Read(tool, device, plugins) with
        {
            Gpu = computation.Card?.Name,
            GpuDriver = computation.Card?.Driver,
            Deterministic = computation.Deterministic,
            LoaderThreads = computation.Loading.Threads,
            MemoryFormat = switches.MemoryFormat.Name,
            OptimizerStep = switches.OptimizerStep,
            KernelSearch = device.type == DeviceType.CUDA ? switches.KernelSearch : null,
            Tf32 = device.type == DeviceType.CUDA ? backends.cuda.matmul.allow_tf32 : null,
        };
    }

    private static RunEnvironment Read(string tool, Device device, IReadOnlyDictionary<string, string> plugins) =>
        new()
        {
            Tool = tool,
            DotNet = RuntimeInformation.FrameworkDescription,
            TorchSharp = TorchSharpBuild.Version,
            LibTorch = LibTorch.Build?.Version,
            Os = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            Cpu = CpuName(),
            CpuCapability = CpuCapability(),
            ConvolutionKernels = ConvolutionKernels.Limit,
            Device = Devices.Name(device),
            Threads = get_num_threads(),
            InteropThreads = get_num_interop_threads(),
            Machine = Environment.MachineName,
            Plugins = plugins,
        };

    /// <summary>The processor's name; null where the system does not tell.</summary>
    public static string? CpuName()
    {
        if (OperatingSystem.IsLinux() && File.Exists("/proc/cpuinfo"))
        {
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':', 2)[1]
                .Trim();
        }
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }

    /// <summary>The widest vector instructions at hand, as libtorch chooses its kernels by them.</summary>
    public static string CpuCapability() =>
        Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY")
        ?? (
            Avx512F.IsSupported ? "AVX512"
            : Avx2.IsSupported ? "AVX2"
            : "DEFAULT"
        );
}
