namespace Sat.Reports.Published;

/// <summary>Who published a value, and for what.</summary>
public enum BaselineRole
{
    /// <summary>The authors of self-adaptive training, for it or for their own baselines: the values that judgements rest on.</summary>
    Paper,

    /// <summary>Another method, or another group's baseline: shown, never judged by.</summary>
    Comparison,

    /// <summary>Self-adaptive training rerun by others: shown, never judged by.</summary>
    Reproduction,
}
