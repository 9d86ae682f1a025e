using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sat.Datasets.Files;

/// <summary>Samples ordered by a hash of their files' names, so that any part of a set is a random sample of it, and the same one
/// everywhere.</summary>
static class HashOrder
{
    public static (string File, long Label)[] Of(IEnumerable<(string File, long Label)> samples)
    {
        (string File, long Label)[] ordered = [.. samples];
        // Beside the hash, the place: names in two forms of Unicode have one hash.
        var keys = new (UInt128 High, UInt128 Low, int Place)[ordered.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < keys.Length; i++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(NormalName.Compose(ordered[i].File)), hash);
            keys[i] = (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]), i);
        }
        Array.Sort(keys, ordered);
        return ordered;
    }
}
