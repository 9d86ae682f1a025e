using Sat.Records.Plans;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>A component's files, as a specification names them.</summary>
/// <param name="Variant">Which version; null: its component has none.</param>
/// <param name="Files">Name to SHA-256.</param>
/// <param name="Location">Absolute path.</param>
public sealed record FileSet(string? Variant, IReadOnlyDictionary<string, string> Files, string Location)
{
    private readonly Lazy<FileList> _list = new(() => FileList.From(Files));

    /// <summary>All of them by one checksum.</summary>
    public FileList List => _list.Value;

    /// <summary>What is to be said of their choice, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is odd about them, a sentence each: they are not here, or others lie beside them.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is known of them.</summary>
    public KnownFiles Known { get; init; }

    /// <summary>Files that are not here: their place stands for them, so that those of two places stay two.</summary>
    /// <param name="location">Absolute path.</param>
    /// <param name="warning">What is to be said of it.</param>
    public static FileSet NotHere(string location, string warning) =>
        new(null, new Dictionary<string, string> { [location] = "unknown" }, location) { Known = KnownFiles.None, Warnings = [warning] };
}
