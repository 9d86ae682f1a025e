namespace Sat.Evaluations.Selective;

/// <summary>What decides in which order samples are rejected.</summary>
enum Score
{
    /// <summary>The method's own confidence where it has one; else softmax response.</summary>
    Method,

    /// <summary>The largest probability of a class.</summary>
    SoftmaxResponse,

    /// <summary>Passes with dropout.</summary>
    McDropout,
}
