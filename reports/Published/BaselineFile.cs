namespace Sat.Reports.Published;

/// <summary>A file of published values.</summary>
public sealed record BaselineFile
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Id of the method that the others are published to beat; null: none.</summary>
    public string? Reference { get; init; }

    public required IReadOnlyList<BaselineSource> Sources { get; init; }

    public required IReadOnlyList<PublishedValue> Values { get; init; }
}
