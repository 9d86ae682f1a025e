namespace Sat.Reports.Text;

/// <summary>Whether what should hold of a metric does.</summary>
public enum CheckStatus
{
    Holds,
    Violated,

    /// <summary>No run measured what it takes to say.</summary>
    NotMeasured,
}
