namespace Sat.Publishing.Descriptions;

/// <summary>The file <c>publication.json</c> of a bundle.</summary>
public sealed record BundleFacts
{
    /// <summary>Its name.</summary>
    public const string FileName = "publication.json";

    /// <summary>Name of the list of all other files with their SHA-256. It is written last, so that no description lists it.</summary>
    internal const string Manifest = "manifest-sha256.txt";

    /// <summary>The newest layout.</summary>
    public const int Newest = 1;

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = Newest;

    /// <summary>Version of the tool that made the report.</summary>
    public required string Tool { get; init; }

    /// <summary>What the authors say.</summary>
    public required Publication Publication { get; init; }

    /// <summary>The day of the last result.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What of the records was left out or replaced before the report was made, a sentence each.</summary>
    public required IReadOnlyList<string> Changed { get; init; }
}
