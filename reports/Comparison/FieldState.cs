namespace Sat.Reports.Comparison;

/// <summary>How a field of two protocols compares.</summary>
public enum FieldState
{
    /// <summary>The source states what the run did.</summary>
    Equal,

    /// <summary>The source states something else.</summary>
    Different,

    /// <summary>The source does not state it.</summary>
    Unstated,
}
