namespace Sat.Reports.Results;

/// <summary>A comparison by value that a plan leads to, and what its seeds can decide.</summary>
/// <param name="Setting">Dataset and model.</param>
/// <param name="Method">The method, as reports name it.</param>
/// <param name="Noise">The noise, as reports name it.</param>
/// <param name="Published">What is compared: the published value in percent, with its condition.</param>
/// <param name="Seeds">Planned seeds.</param>
/// <param name="Deviation">Standard deviation of one seed, in points, as assumed or published; null: nobody says.</param>
/// <param name="Equivalent">Chance of <c>equivalent</c> if there is no true difference; null without a deviation, or with one seed.</param>
/// <param name="Different">Chance of <c>different</c> if the true difference is twice the margin; null likewise.</param>
/// <param name="SeedsForEquivalent">The fewest seeds with a chance of 80 % for the first; null: no number within reach, or not
/// known.</param>
public sealed record PlannedVerdict(
    string Setting,
    string Method,
    string Noise,
    string Published,
    int Seeds,
    double? Deviation,
    double? Equivalent,
    double? Different,
    int? SeedsForEquivalent
);
