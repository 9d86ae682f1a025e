namespace Sat.Data;

/// <summary>What is here of a dataset.</summary>
public sealed record DataState
{
    /// <summary>The dataset.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it can be used.</summary>
    public required DataStatus Status { get; init; }

    /// <summary>The version of its files; null: not known yet.</summary>
    public string? Variant { get; init; }

    /// <summary>Their length; null: they are not here.</summary>
    public long? Bytes { get; init; }

    /// <summary>Where they are, or belong; null: it has no place.</summary>
    public string? Location { get; init; }

    /// <summary>The files that are missing or wrong.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>What there is to know, and to do: a sentence or two; null: nothing.</summary>
    public string? Note { get; init; }
}
