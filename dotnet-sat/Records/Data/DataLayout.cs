namespace Sat.Records.Data;

/// <summary>The files that a component reads, as its author publishes them.</summary>
public sealed record DataLayout
{
    /// <summary>Folder that the files lie in within their archive, such as <c>cifar-10-batches-bin</c>; empty: none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>File names within <see cref="Folder"/>, all needed.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Name of the official archive (.tar.gz) that holds them; null: none.</summary>
    public string? Archive { get; init; }

    /// <summary>Official address of the archive; null: none.</summary>
    public string? Address { get; init; }

    /// <summary>How a person gets the data.</summary>
    public required string Obtain { get; init; }

    /// <summary>Known versions of the files.</summary>
    public IReadOnlyList<DataVariant> Variants { get; init; } = [];
}

/// <summary>A known version of some files.</summary>
/// <param name="Name">Such as <c>published</c>.</param>
/// <param name="Description">What it is and where it comes from.</param>
/// <param name="Files">File name to SHA-256, 64 lower-case hexadecimal digits; empty where only the archive's is known.</param>
/// <param name="Archive">SHA-256 of the archive; null: not known.</param>
public sealed record DataVariant(string Name, string Description, IReadOnlyDictionary<string, string> Files, string? Archive = null);
