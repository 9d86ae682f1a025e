namespace Sat.Study.Testing;

/// <summary>What becomes of a verdict as a test.</summary>
internal enum VerdictOutcome
{
    /// <summary>Passed.</summary>
    Holds,

    /// <summary>Failed.</summary>
    Fails,

    /// <summary>Skipped: not measured yet, or what was measured does not decide it.</summary>
    Open,
}
