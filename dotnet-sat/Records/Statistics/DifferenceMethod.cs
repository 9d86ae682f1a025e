namespace Sat.Records.Statistics;

/// <summary>What a standard error of a difference is made of.</summary>
public enum DifferenceMethod
{
    /// <summary>Nothing: neither side's scatter is known, or there is none.</summary>
    None,

    /// <summary>Both sides' deviations, each with its own degrees of freedom.</summary>
    Welch,

    /// <summary>Ours alone: the published value is taken as one draw with our deviation.</summary>
    Prediction,

    /// <summary>The published one alone: our value is taken as one draw with it.</summary>
    Single,

    /// <summary>The deviation of differences, seed by seed.</summary>
    Paired,
}
