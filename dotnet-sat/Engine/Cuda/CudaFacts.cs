using System.Runtime.InteropServices;
using Sat.Engine.Interop;
using Sat.Records.Backends;
using Sat.Records.Runs;
using TorchSharp;

namespace Sat.Engine.Cuda;

/// <summary>All that decides whether training can run on a CUDA device here.</summary>
public sealed record CudaFacts
{
    /// <summary>Version of the libtorch in use; null: not known.</summary>
    public string? LibTorch { get; init; }

    /// <summary>The version that TorchSharp is built for.</summary>
    public required string Expected { get; init; }

    /// <summary>The CUDA that libtorch is built for; null: it computes on the CPU alone.</summary>
    public string? Build { get; init; }

    /// <summary>True if the driver's library loads.</summary>
    public bool HasDriver { get; init; }

    /// <summary>The newest CUDA that the driver supports, as it says itself; null: it does not say.</summary>
    public Version? DriverCuda { get; init; }

    /// <summary>The first card, as nvidia-smi tells of it; null: there is none, or no nvidia-smi.</summary>
    public GraphicsCard? Card { get; init; }

    /// <summary>Devices that libtorch can use.</summary>
    public int Devices { get; init; }

    /// <summary>Value of <c>CUDA_VISIBLE_DEVICES</c>; null: not set.</summary>
    public string? Visible { get; init; }

    /// <summary>True if the tool's own libtorch is for CUDA: one for the CPU needs another build of the tool.</summary>
    public bool OwnIsCuda { get; init; }

    /// <summary>True on Windows, whose drivers have numbers of their own.</summary>
    public bool Windows { get; init; }

    /// <summary>Reads them, once libtorch is loaded.</summary>
    public static CudaFacts Read()
    {
        var (hasDriver, cuda) = Driver();
        return new CudaFacts
        {
            LibTorch = Interop.LibTorch.Build?.Version,
            Expected = LibTorchBuild.Expected,
            Build = Interop.LibTorch.Build?.Cuda,
            HasDriver = hasDriver,
            DriverCuda = cuda,
            Card = GraphicsCard.Read(0),
            Devices = torch.cuda_is_available() ? torch.cuda.device_count() : 0,
            Visible = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"),
            OwnIsCuda = ChosenBackend.Own.Name == BackendNames.Cuda,
            Windows = OperatingSystem.IsWindows(),
        };
    }

    /// <summary>The driver's own library tells what it supports, without a device being touched.</summary>
    private static unsafe (bool HasDriver, Version? Cuda) Driver()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var driver))
            return (false, null);
        var version = 0;
        return
            NativeLibrary.TryGetExport(driver, "cuDriverGetVersion", out var function)
            && ((delegate* unmanaged<int*, int>)function)(&version) == 0
            ? (true, new Version(version / 1000, version % 1000 / 10))
            : (true, null);
    }
}
