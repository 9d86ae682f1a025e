namespace Sat.Reports.Published;

/// <summary>Where numbers were read.</summary>
public sealed record BaselineSource
{
    /// <summary>The key that values name it by.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary><c>primary</c>, <c>third-party</c> or <c>secondary</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The table, figure or section.</summary>
    public string? Where { get; init; }

    public string? Repo { get; init; }

    public string? Url { get; init; }

    public string? Path { get; init; }

    public string? Commit { get; init; }

    /// <summary><c>text</c>, <c>image</c> or <c>digitized</c>.</summary>
    public string? HowRead { get; init; }

    /// <summary>Bound on the error of reading, a fraction; null: read as text.</summary>
    public double? ReadingError { get; init; }

    public string? Confidence { get; init; }

    public string? Notes { get; init; }
}
