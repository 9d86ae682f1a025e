using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Sat.Engine.Interop;

/// <summary>What a libtorch says of itself.</summary>
/// <param name="Version">Its version, as in <c>2.10.0</c>.</param>
/// <param name="Cuda">The CUDA that it is built for; null: none.</param>
public sealed partial record LibTorchBuild(string Version, string? Cuda)
{
    /// <summary>The version that this TorchSharp is built for: a constant of it, read without a use of <see cref="torch"/>, which would
    /// load libtorch.</summary>
    public static string Expected { get; } =
        typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue()
            is string version
            ? string.Join('.', version.Split('.').Take(3))
            : throw new InvalidOperationException("this TorchSharp does not say which libtorch it is built for");

    /// <summary>Asks the libtorch that is loaded; null where it has no such function (Windows names it otherwise).</summary>
    public static unsafe LibTorchBuild? Read()
    {
        if (!NativeFunctions.ShowConfig.IsThere)
            return null;
        // The caller gives the room for the string, which begins with a pointer and a length.
        var text = stackalloc nint[4];
        _ = ((delegate* unmanaged<nint*, nint*>)NativeFunctions.ShowConfig.Address)(text);
        var settings = Encoding.UTF8.GetString(new ReadOnlySpan<byte>((void*)text[0], (int)text[1]));
        return TorchVersion().Match(settings) is { Success: true } version
            ? new LibTorchBuild(
                version.Groups["version"].Value,
                CudaVersion().Match(settings) is { Success: true } cuda ? cuda.Groups["version"].Value : null
            )
            : null;
    }

    [GeneratedRegex(@"\bTORCH_VERSION=(?<version>[^,\s]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TorchVersion();

    [GeneratedRegex(@"\bCUDA_VERSION=(?<version>\d+\.\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CudaVersion();
}
