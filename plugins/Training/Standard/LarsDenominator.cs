namespace Sat.Training.Standard;

/// <summary>The denominator of the trust ratio.</summary>
enum LarsDenominator
{
    /// <summary>The norm of gradient and decay together.</summary>
    NormOfSum,

    /// <summary>The norm of the gradient, and that of the decay.</summary>
    SumOfNorms,
}
