using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sat.Noise.Standard.Human;

/// <summary>
/// The order in which TensorFlow Datasets has the training samples of CIFAR: by the MD5 of <c>train</c> and their position
/// (tensorflow/datasets, core/hashing.py and core/shuffle.py). It is that of the published <c>_ordered.npy</c> files: equal to
/// image_order_c10.npy beside them for all 50,000.
/// </summary>
static class TensorFlowOrder
{
    /// <summary>For each row, the position in the training set of its sample.</summary>
    /// <param name="count">Samples.</param>
    public static int[] Positions(int count)
    {
        var keys = new UInt128[count];
        var positions = new int[count];
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        for (var i = 0; i < count; i++)
        {
#pragma warning disable CA5351 // It is no secret: the order was chosen so.
            MD5.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"train{i}")), hash);
#pragma warning restore CA5351
            keys[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
            positions[i] = i;
        }
        Array.Sort(keys, positions);
        return positions;
    }
}
