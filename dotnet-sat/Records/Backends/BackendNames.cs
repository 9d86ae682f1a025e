namespace Sat.Records.Backends;

/// <summary>The names of back ends: of the libtorch that training computes with.</summary>
public static class BackendNames
{
    /// <summary>The one that the tool carries, unless it was built with another.</summary>
    public const string Cpu = "cpu";

    /// <summary>The one that <c>backend install cuda</c> installs, or a build with <c>SatBackend=cuda</c> carries.</summary>
    public const string Cuda = "cuda";

    /// <summary>A PyTorch installation's, or any other folder's.</summary>
    public const string LibTorch = "libtorch";
}
