using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Sat.Engine.Interop;

/// <summary>
/// What computes libtorch's convolutions on the processor. oneDNN divides its work by the sizes of the caches that the processor states.
/// Some virtual machines hide them on AMD processors; oneDNN then reckons with a single byte, and its kernels for AVX and newer give wrong
/// results and write where they must not. There convolutions are done without oneDNN, as products of matrices.
/// </summary>
public static partial class ConvolutionKernels
{
    /// <summary>oneDNN's variable: the newest instructions that its kernels may use.</summary>
    public const string Variable = "ONEDNN_MAX_CPU_ISA";

    /// <summary>What is recorded where oneDNN is left out.</summary>
    public const string WithoutOneDnn = "without-onednn";

    private const string Older = "DNNL_MAX_CPU_ISA";

    /// <summary>Kernels that do not ask for the caches, should anything still use oneDNN.</summary>
    private const string Safe = "SSE41";

    /// <summary>AMD's description of a cache: type, size and who shares it.</summary>
    private const int CacheLeaf = unchecked((int)0x8000001D);

    private static readonly string? Given = Environment.GetEnvironmentVariable(Variable) ?? Environment.GetEnvironmentVariable(Older);
    private static bool _isLeftOut;

    /// <summary>The limit that holds, by the user or by <see cref="Restrict"/>, or <see cref="WithoutOneDnn"/>; null: none. Once libtorch
    /// is loaded.</summary>
    public static string? Limit =>
        Given
        ?? (
            _isLeftOut ? WithoutOneDnn
            : IsMisled ? Safe
            : null
        );

    /// <summary>True where oneDNN would not know the caches, and reckon with what it does not know.</summary>
    private static bool IsMisled { get; } = X86Base.IsSupported && HidesCaches(X86Base.CpuId);

    /// <summary>Sets the limit for this process, where one is needed and the user has set none. Before libtorch is loaded.</summary>
    internal static void Restrict()
    {
        if (Given is not null || !IsMisled)
            return;
        // .NET keeps variables of its own, which native code does not see but on Windows, and which child processes would take for the
        // user's.
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Variable, Safe);
        else
            _ = SetVariable(Variable, Safe, 1);
    }

    /// <summary>Leaves out what does not work without the caches: NNPACK, which says so in every worker, and oneDNN unless the user has
    /// set a limit. Once libtorch is loaded.</summary>
    internal static void LeaveOut()
    {
        if (!IsMisled)
            return;
        _ = Disable("_ZN2at7Context20setUserEnabledNNPACKEb");
        _isLeftOut = Given is null && Disable("_ZN2at7Context20setUserEnabledMkldnnEb");
    }

    private static unsafe bool Disable(string setter)
    {
        var context = LibTorch.Export("_ZN2at13globalContextEv");
        var enable = LibTorch.Export(setter);
        if (context == 0 || enable == 0)
            return false;
        ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
        return true;
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
