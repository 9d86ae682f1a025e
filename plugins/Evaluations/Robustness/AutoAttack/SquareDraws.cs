using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Draws that both kinds of squares take.</summary>
static class SquareDraws
{
    /// <summary>1 or -1 each.</summary>
    public static Tensor Signs(this IDraws draws, params long[] shape) => ((2 * draws.Uniform(shape)) - 1).sign();

    /// <summary>A row or column where a square begins.</summary>
    public static long Place(this IDraws draws, long places) => (long)(places * draws.Uniform(1).item<float>());
}
