using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Sat.Engine.Interop;

/// <summary>
/// Which instructions libtorch's convolutions may use. oneDNN divides its work by the sizes of the caches that the processor states. Some
/// virtual machines hide them on AMD processors; oneDNN then reckons with a single byte, and its kernels for AVX and newer give wrong
/// results and write where they must not. Those for SSE4.1 do not.
/// </summary>
public static partial class ConvolutionKernels
{
    /// <summary>oneDNN's variable: the newest instructions that its kernels may use.</summary>
    public const string Variable = "ONEDNN_MAX_CPU_ISA";

    private const string Older = "DNNL_MAX_CPU_ISA";
    private const string Safe = "SSE41";

    /// <summary>AMD's description of a cache: type, size and who shares it.</summary>
    private const int CacheLeaf = unchecked((int)0x8000001D);

    /// <summary>The limit that holds, by the user or by <see cref="Restrict"/>; null: none.</summary>
    public static string? Limit => Given ?? (IsMisled ? Safe : null);

    private static string? Given => Environment.GetEnvironmentVariable(Variable) ?? Environment.GetEnvironmentVariable(Older);

    /// <summary>True where oneDNN would not know the caches, and reckon with what it does not know.</summary>
    private static bool IsMisled { get; } = X86Base.IsSupported && HidesCaches(X86Base.CpuId);

    /// <summary>Sets the limit for this process, where one is needed and the user has set none. Takes effect only before the first
    /// convolution.</summary>
    internal static void Restrict()
    {
        if (Given is not null || !IsMisled)
            return;
        // .NET keeps variables of its own, which native code does not see but on Windows.
        if (!OperatingSystem.IsWindows())
            _ = SetVariable(Variable, Safe, 1);
        Environment.SetEnvironmentVariable(Variable, Safe);
    }

    /// <summary>Leaves out NNPACK, which does not work without the caches either and says so in every worker. Once libtorch is
    /// loaded.</summary>
    internal static unsafe void LeaveOutNnpack()
    {
        var context = LibTorch.Export("_ZN2at13globalContextEv");
        var enable = LibTorch.Export("_ZN2at7Context20setUserEnabledNNPACKEb");
        if (IsMisled && context != 0 && enable != 0)
            ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
    }

    /// <summary>Whether a processor is one of AMD's (or of Hygon's, made after these) that describes no cache.</summary>
    /// <param name="cpuId">The instruction CPUID: leaf and sub-leaf to four registers.</param>
    public static bool HidesCaches(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        ArgumentNullException.ThrowIfNull(cpuId);
        var (_, b, c, d) = cpuId(0, 0);
        var vendor = Encoding.ASCII.GetString([.. BitConverter.GetBytes(b), .. BitConverter.GetBytes(d), .. BitConverter.GetBytes(c)]);
        if (vendor is not ("AuthenticAMD" or "HygonGenuine") || (uint)cpuId(unchecked((int)0x80000000), 0).Eax < unchecked((uint)CacheLeaf))
            return false;
        const int typeMask = 0x1F;
        return (cpuId(CacheLeaf, 0).Eax & typeMask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
