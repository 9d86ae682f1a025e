namespace Sat.Reports.Text;

/// <summary>Whether a claim of the study holds.</summary>
public enum ExpectationStatus
{
    Met,
    NotMet,

    /// <summary>A run that it speaks of has not finished.</summary>
    NotYet,

    /// <summary>All have finished, and the interval of the difference, seed by seed, does not exclude zero, or there is none.</summary>
    Undecided,

    /// <summary>None of the runs that it speaks of reports its metric, and one at least has finished: the expectation itself is
    /// wrong.</summary>
    NoSuchMetric,
}
