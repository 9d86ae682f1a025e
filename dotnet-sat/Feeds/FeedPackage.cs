using NuGet.Protocol.Core.Types;

namespace Sat.Feeds;

/// <summary>A package that a feed has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Address">Where it is: on a server, or a file.</param>
/// <param name="Feed">Who has it.</param>
/// <param name="Bytes">Its length; 0 where the server does not tell.</param>
/// <param name="Files">Its files with their lengths; none where the server does not tell.</param>
public sealed record FeedPackage(
    string Id,
    string Version,
    Uri Address,
    SourceRepository Feed,
    long Bytes,
    IReadOnlyDictionary<string, long> Files
)
{
    /// <summary>As in <c>libtorch-cuda-12.8-linux-x64-part1.2.10.0</c>.</summary>
    public string FullName => $"{Id}.{Version}";

    /// <summary>Bytes to download.</summary>
    public long Download => Address.IsFile ? 0 : Bytes;
}
