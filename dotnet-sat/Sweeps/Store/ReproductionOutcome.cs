namespace Sat.Sweeps.Store;

/// <summary>How near a repeated run came to the first.</summary>
public enum ReproductionOutcome
{
    /// <summary>Every output file is the same, to the bit.</summary>
    Identical,

    /// <summary>The metric differs by no more than two standard deviations over the seeds of the same setting.</summary>
    WithinSpread,

    /// <summary>It differs by more, or there are no other seeds to tell.</summary>
    Different,
}
