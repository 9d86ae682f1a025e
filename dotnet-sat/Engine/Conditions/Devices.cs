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
        return Missing(name, available ? cuda.device_count() : 0, () => CudaVerdict.From(CudaFacts.Read())) is { } missing
            ? throw missing
            : new Device(DeviceType.CUDA, Index(name));
    }

    /// <summary>Why there is no such CUDA device; null: there is.</summary>
    /// <param name="name"><c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="count">The devices that libtorch sees.</param>
    /// <param name="verdict">Why it sees none; asked for only then.</param>
    public static SatException? Missing(string name, int count, Func<CudaVerdict> verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (count == 0)
        {
            var (_, finding, remedy) = verdict();
            return Missing(
                $"--device {name}: libtorch sees no CUDA device here: {finding}. Use --device cpu{(remedy is not null ? $", or fix it: {remedy}" : "")}. 'dotnet sat doctor' says more."
            );
        }
        return Index(name) < count
            ? null
            : Missing(
                $"--device {name}: there {(count == 1 ? "is one CUDA device here, cuda:0" : $"are {count} CUDA devices here, cuda:0 to cuda:{count - 1}")}."
            );
    }

    private static SatException Missing(string why) => new(ExitCode.Environment, why) { ConcernsEveryRun = true };

    private static int Index(string name) => name == "cuda" ? 0 : int.Parse(name.AsSpan("cuda:".Length), CultureInfo.InvariantCulture);

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public static string Name(Device device) =>
        device.type == DeviceType.CUDA ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(0, device.index)}") : "cpu";
}
