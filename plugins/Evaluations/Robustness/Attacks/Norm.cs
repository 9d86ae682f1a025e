namespace Sat.Evaluations.Robustness.Attacks;

/// <summary>By which perturbations are measured.</summary>
enum Norm
{
    /// <summary>The largest change of a pixel's channel.</summary>
    Linf,

    /// <summary>The root of the sum of the squared changes of an image.</summary>
    L2,
}
