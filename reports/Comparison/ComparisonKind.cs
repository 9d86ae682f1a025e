namespace Sat.Reports.Comparison;

/// <summary>How far the conditions of a published value and of a cell agree.</summary>
public enum ComparisonKind
{
    /// <summary>Everything that the source states is equal.</summary>
    Exact,

    /// <summary>Dataset, method, noise and net are equal, something else is not: only the direction can be compared.</summary>
    Scaled,
}
