using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>How Square changes images in a norm.</summary>
interface ISquares
{
    /// <summary>In pixels.</summary>
    int SmallestSide { get; }

    /// <summary>True if an even side is made one longer.</summary>
    bool OddSides { get; }

    /// <summary>What the search begins with.</summary>
    /// <param name="images">The images themselves, [n, channels, height, width].</param>
    /// <param name="draws">Random numbers.</param>
    Tensor Start(Tensor images, IDraws draws);

    /// <summary>The best images so far, changed in one square.</summary>
    /// <param name="images">The images themselves.</param>
    /// <param name="best">The best so far.</param>
    /// <param name="side">Of the square, in pixels.</param>
    /// <param name="draws">Random numbers.</param>
    Tensor Change(Tensor images, Tensor best, int side, IDraws draws);
}
