using Sat.Records.Specs;

namespace Sat.Benchmarks.Measuring;

/// <summary>Steps of two methods on random images of 32x32 pixels in three colours, all else equal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">Samples that have targets.</param>
/// <param name="Classes">Classes of their labels; 0: the methods take none.</param>
/// <param name="Views">Views of each image.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Threads">Threads within an operation.</param>
/// <param name="Model">The backbone.</param>
/// <param name="First">The method with targets.</param>
/// <param name="Second">The same without.</param>
internal sealed record MethodCase(
    string Name,
    int Samples,
    int Classes,
    int Views,
    int BatchSize,
    int Threads,
    ComponentSpec Model,
    ComponentSpec First,
    ComponentSpec Second
)
{
    /// <summary>How many steps are timed.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>True for images in [0, 1]; false: as normalised ones are.</summary>
    public bool Pixels { get; init; }
}
