namespace Sat.Backends;

/// <summary>The package that brings libtorch for CUDA, and a platform that there is one for.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Rid">The platform.</param>
public sealed record CudaPackage(string Id, string Rid)
{
    /// <summary>That of a platform; null: TorchSharp has none for it.</summary>
    /// <param name="os"><c>linux</c>, <c>win</c> or another system's name.</param>
    /// <param name="architecture">As in <c>x64</c>.</param>
    public static CudaPackage? For(string os, string architecture) =>
        (os, architecture) switch
        {
            ("linux", "x64") => new CudaPackage("TorchSharp-cuda-linux", "linux-x64"),
            ("win", "x64") => new CudaPackage("TorchSharp-cuda-windows", "win-x64"),
            _ => null,
        };
}
