using System.Globalization;
using Sat.Engine.Cuda;
using Sat.Records;
using Sat.Records.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Conditions;

/// <summary>The devices that <c>--device</c> names.</summary>
public static class Devices
{
    /// <summary>A device from <c>auto</c> (the first CUDA device, else the CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="SatException">The name is none (exit code 2), or there is no such device (exit code 5).</exception>
    public static Device Parse(string name)
    {
        if (!DeviceName.Is(name))
            throw new SatException(ExitCode.Planning, $"--device is '{name}': it takes auto, cpu, cuda or cuda:N (N from 0)");
        if (name == "cpu")
            return CPU;
        var available = cuda_is_available();
        if (name == "auto")
            return available ? CUDA : CPU;
        var index = name == "cuda" ? 0 : int.Parse(name.AsSpan(5), CultureInfo.InvariantCulture);
        if (!available)
        {
            var verdict = CudaVerdict.Of(CudaFacts.Read());
            throw new SatException(ExitCode.Environment,
                $"--device {name}: libtorch sees no CUDA device here: {verdict.Finding}. Use --device cpu{(verdict.Remedy is { } remedy ? $", or mend it: {remedy}" : "")}. 'dotnet sat doctor' tells more.") { ConcernsEveryRun = true };
        }
        var count = cuda.device_count();
        if (index >= count)
        {
            throw new SatException(ExitCode.Environment,
                $"--device {name}: there {(count == 1 ? "is one CUDA device here, cuda:0" : $"are {count} CUDA devices here, cuda:0 to cuda:{count - 1}")}.") { ConcernsEveryRun = true };
        }
        return new Device(DeviceType.CUDA, index);
    }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public static string Name(Device device) =>
        device.type == DeviceType.CUDA ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(0, device.index)}") : "cpu";
}
