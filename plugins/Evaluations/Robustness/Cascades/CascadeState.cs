using Sat.Evaluations.Robustness.States;
using Sat.Sdk;

namespace Sat.Evaluations.Robustness.Cascades;

/// <summary>What has become of each image, and how far the attacks are.</summary>
/// <param name="Done">Blocks done: first all of the pass without attack, then all of the first attack, and so on.</param>
/// <param name="Fates">A number an image: <see cref="Robust"/>, <see cref="Wrong"/>, or <see cref="BrokenBy"/> of an attack.</param>
/// <param name="WithoutGradient">Images that get their class and have no gradient.</param>
sealed record CascadeState(int Done, byte[] Fates, int WithoutGradient)
{
    /// <summary>Every attack so far left it its class.</summary>
    public const byte Robust = 0;

    /// <summary>It gets another class as it is.</summary>
    public const byte Wrong = 1;

    /// <summary>An attack found an image near it that gets another class.</summary>
    /// <param name="attack">Counted from 0.</param>
    public static byte BrokenBy(int attack) => (byte)(Wrong + 1 + attack);

    /// <summary>Where an earlier attempt was stopped; else the beginning.</summary>
    /// <param name="files">Of the evaluation; null: it has none.</param>
    /// <param name="images">How many there are.</param>
    public static CascadeState Open(IEvaluationFiles? files, int images) =>
        KeptState.Open<CascadeState>(files) ?? new CascadeState(0, new byte[images], 0);

    /// <summary>The share of images that get their class after the pass without attack (0), the first attack (1), and so on.</summary>
    public double Accuracy(int stage) => Fates.Count(f => f == Robust || f > stage + Wrong) / (double)Fates.Length;
}
