using System.Runtime.InteropServices;
using Sat.Records;

namespace Sat.Engine.Interop;

/// <summary>
/// libtorch's switch for deterministic kernels, which TorchSharp does not have: at::globalContext() and
/// at::Context::setDeterministicAlgorithms(bool enabled, bool warnOnly) of ATen/Context.h, by their mangled names.
/// </summary>
public static class Determinism
{
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetDeterministicAlgorithms = "_ZN2at7Context26setDeterministicAlgorithmsEbb";

    /// <summary>Allows deterministic kernels only: an operation that has none fails.</summary>
    /// <exception cref="SatException">This libtorch has no such switch by that name (exit code 5).</exception>
    public static unsafe void Require()
    {
        if (!TryExport(GlobalContext, out var context) || !TryExport(SetDeterministicAlgorithms, out var set))
        {
            throw new SatException(ExitCode.Environment,
                $"deterministic: true cannot be kept here: the libtorch in {LibTorch.LoadedFrom} has no switch for it that is known. Leave it out, or run on Linux.");
        }
        ((delegate* unmanaged<nint, byte, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 1, 0);
    }

    private static bool TryExport(string name, out nint address)
    {
        address = 0;
        return NativeLibrary.TryLoad(Path.Combine(LibTorch.LoadedFrom ?? "", "libtorch_cpu.so"), out var library)
            && NativeLibrary.TryGetExport(library, name, out address);
    }
}
