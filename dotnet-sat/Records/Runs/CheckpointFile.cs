using System.Security.Cryptography;
using Sat.Records.Files;

namespace Sat.Records.Runs;

/// <summary>A checkpoint: its name holds the step and the SHA-256 of all its bytes, so that a file that was damaged, cut off or renamed is
/// known for it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Step">Steps made before it, over all epochs.</param>
/// <param name="Hash">SHA-256, 64 hexadecimal digits.</param>
public sealed record CheckpointFile(string Path, long Step, string Hash)
{
    /// <summary>True if the file's content is that of its name.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool IsWhole()
    {
        using var file = RegularFile.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == Hash;
    }
}
