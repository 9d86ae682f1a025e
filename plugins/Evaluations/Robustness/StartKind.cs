namespace Sat.Evaluations.Robustness;

enum StartKind
{
    /// <summary>At the image itself.</summary>
    None,

    /// <summary>Uniformly within the radius around it.</summary>
    Uniform,
}
