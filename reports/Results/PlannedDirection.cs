namespace Sat.Reports.Results;

/// <summary>A comparison by direction that a plan leads to, and how likely its seeds are to decide it.</summary>
/// <param name="Setting">Dataset and model.</param>
/// <param name="Method">The method, as reports name it.</param>
/// <param name="Reference">Id of the method that it is compared with.</param>
/// <param name="Noise">The noise, as reports name it.</param>
/// <param name="Published">How far the method is ahead as published, in points; negative: behind.</param>
/// <param name="Seeds">Planned seeds.</param>
/// <param name="Decided">Chance that the direction is decided if the true lead is the published one and the seeds of both methods scatter
/// alike and independently; null without a deviation, or with one seed.</param>
public sealed record PlannedDirection(
    string Setting,
    string Method,
    string Reference,
    string Noise,
    double Published,
    int Seeds,
    double? Decided
);
