using Sat.Records;

namespace Sat.Engine.Interop;

/// <summary>libtorch's choice of kernels (ATen/Context.h).</summary>
public static unsafe class Kernels
{
    /// <summary>Allows deterministic kernels only: an operation that has none fails.</summary>
    /// <exception cref="SatException">This libtorch has no such switch by that name (exit code 5).</exception>
    public static void RequireDeterministic()
    {
        if (!NativeFunctions.GlobalContext.IsThere || !NativeFunctions.SetDeterministicAlgorithms.IsThere)
        {
            throw new SatException(
                ExitCode.Environment,
                $"deterministic: true is not possible here: the libtorch in {LibTorch.LoadedFrom} has no known switch for it. Leave it out, or run on Linux."
            );
        }
        ((delegate* unmanaged<nint, byte, byte, void>)NativeFunctions.SetDeterministicAlgorithms.Address)(Context, 1, 0);
    }

    /// <summary>
    /// Whether cuDNN tries its convolutions out at the first of each shape and takes the fastest: worth it where shapes stay the same.
    /// Which one that is may be another next time, and so may be the last bits. Nothing is set where libtorch cannot be told.
    /// </summary>
    public static bool SearchesForFastest
    {
        get =>
            NativeFunctions.GlobalContext.IsThere
            && NativeFunctions.BenchmarkCuDnn.IsThere
            && ((delegate* unmanaged<nint, byte>)NativeFunctions.BenchmarkCuDnn.Address)(Context) != 0;
        set
        {
            if (NativeFunctions.GlobalContext.IsThere && NativeFunctions.SetBenchmarkCuDnn.IsThere)
                ((delegate* unmanaged<nint, byte, void>)NativeFunctions.SetBenchmarkCuDnn.Address)(Context, value ? (byte)1 : (byte)0);
        }
    }

    private static nint Context => ((delegate* unmanaged<nint>)NativeFunctions.GlobalContext.Address)();
}
