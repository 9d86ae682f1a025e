using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Sat.Engine.Randomness;

/// <summary>
/// Random streams of a run, each derived from its seed and a name, so that what one stream draws moves no other: the
/// noise is the same whichever method is trained on it.
/// </summary>
/// <param name="seed">The run's seed.</param>
public sealed class Seeds(long seed)
{
    public const string Noise = "noise";
    public const string Weights = "weights";
    public const string Order = "order";
    public const string Augmentation = "augmentation";
    public const string Training = "training";
    public const string Epoch = "epoch";
    public const string Evaluation = "evaluation";

    /// <summary>The seed of a stream, 0 to 2^63 - 1: the first eight bytes of SHA-256 of "seed/name".</summary>
    public long For(string stream)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{stream}")));
        return BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue;
    }

    /// <summary>A generator of a stream, on the CPU.</summary>
    public Generator Generator(string stream) => new((ulong)For(stream), CPU);

    /// <summary>
    /// Seeds torch's global generator, from which dropout and the like draw. It is done before each step, epoch and evaluation, so
    /// that what they draw depends on the seed and the moment alone: a resumed run needs no state of it, on any device.
    /// </summary>
    public void SeedGlobal(string stream, long moment = 0) =>
        manual_seed(For(string.Create(CultureInfo.InvariantCulture, $"{stream}/{moment}"))).Dispose();
}
