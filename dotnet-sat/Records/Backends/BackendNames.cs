namespace Sat.Records.Backends;

/// <summary>The names of back ends: of the libtorch that training computes with.</summary>
public static class BackendNames
{
    /// <summary>The one that the tool carries.</summary>
    public const string Cpu = "cpu";

    /// <summary>The one that <c>backend install cuda</c> installs.</summary>
    public const string Cuda = "cuda";

    /// <summary>A PyTorch installation's, or any other folder's.</summary>
    public const string LibTorch = "libtorch";
}
