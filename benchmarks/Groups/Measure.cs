using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>What is measured of each case.</summary>
/// <param name="Name">In raw files.</param>
/// <param name="Title">On the page.</param>
/// <param name="Unit">Of the values on the page.</param>
/// <param name="Scale">Of the page's unit in the raw file's.</param>
/// <param name="MoreIsBetter">False for times and memory.</param>
/// <param name="Target">What is to be reached in a case; null: nothing is asked.</param>
internal sealed record Measure(string Name, string Title, string Unit, double Scale, bool MoreIsBetter, Func<string, Target?> Target)
{
    /// <summary>Peak memory: told of each figure, and nothing asked.</summary>
    public static Measure Memory { get; } = new(MeasureNames.PeakBytes, "Peak memory", "MiB", 1 << 20, MoreIsBetter: false, _ => null);
}
