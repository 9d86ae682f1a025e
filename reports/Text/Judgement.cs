namespace Sat.Reports.Text;

/// <summary>What a comparison shows.</summary>
public enum Judgement
{
    /// <summary>Exact: the 90 % interval of the difference lies within the margin. The published value replicates.</summary>
    Equivalent,

    /// <summary>Exact: the 95 % interval excludes zero, and the difference exceeds the margin.</summary>
    Different,

    /// <summary>Exact: neither, so more seeds are needed.</summary>
    Inconclusive,

    /// <summary>Exact, and neither: the published value's own scatter is not known, and it lies where one more run of ours would.</summary>
    Consistent,

    /// <summary>By direction: the method is on the same side of the reference method as published.</summary>
    DirectionAgrees,

    /// <summary>By direction: it is on the other side.</summary>
    DirectionDiffers,

    /// <summary>By direction: the interval of the difference, seed by seed, does not exclude zero, or there is none.</summary>
    Undecided,

    /// <summary>Neither by value nor by direction.</summary>
    NotComparable,
}
