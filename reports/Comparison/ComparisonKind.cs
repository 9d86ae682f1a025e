namespace Sat.Reports.Comparison;

/// <summary>How far the conditions of a published value and of a cell agree.</summary>
public enum ComparisonKind
{
    /// <summary>Everything that the source states is equal, and it states all that decides a result.</summary>
    Exact,

    /// <summary>Everything that the source states is equal, but it leaves out what decides a result: only the direction can be
    /// compared.</summary>
    Partial,

    /// <summary>Dataset, method, noise and net are equal, something else is not: only the direction can be compared.</summary>
    Scaled,
}
