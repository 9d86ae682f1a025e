using System.Globalization;
using Sat.Engine.Randomness;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>
/// Reads the parts of images that views show. They are drawn before the images are read, which may be a batch ahead, so each batch has a
/// random stream of its own: a resumed run needs no state of it.
/// </summary>
/// <param name="views">The views.</param>
/// <param name="read">Positions and parts to images.</param>
/// <param name="seeds">The run's random streams.</param>
/// <param name="stream">The name of the stream that the views draw from.</param>
internal sealed class RegionDraw(
    IReadOnlyList<IRegional> views,
    Func<long[], IReadOnlyList<Func<int, int, Region>>, Tensor> read,
    Seeds seeds,
    string stream
)
{
    /// <summary>uint8 [views x positions, channels, height, width] on the CPU.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="batch">Counted from 0 within the epoch.</param>
    /// <param name="positions">Of the images.</param>
    public Tensor Read(int epoch, long batch, long[] positions)
    {
        using var random = seeds.Generator(string.Create(CultureInfo.InvariantCulture, $"{stream}/{epoch}/{batch}"));
        var regions = views.SelectMany(v => v.Regions(positions.Length, random)).ToArray();
        return read([.. views.SelectMany(_ => positions)], regions);
    }
}
