using Sat.Records.Specs;

namespace Sat.Benchmarks.Measuring;

/// <summary>Parts of photos, decoded and resized.</summary>
/// <param name="Photos">How many.</param>
/// <param name="Height">Of each, in pixels.</param>
/// <param name="Width">Of each, in pixels.</param>
/// <param name="Dataset">Reads them.</param>
/// <param name="Augmentation">Chooses the parts.</param>
/// <param name="Target">How many times as fast as the peer it is to be on one processor.</param>
/// <param name="Scaling">How many times as fast it is to be on two.</param>
internal sealed record DecodeCase(
    int Photos,
    int Height,
    int Width,
    ComponentSpec Dataset,
    ComponentSpec Augmentation,
    double Target,
    double Scaling
);
