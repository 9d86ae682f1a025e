namespace Sat.Records.Data;

/// <summary>An archive that files of a layout come in, or a file of its own, as their author publishes it.</summary>
public sealed record DataSource
{
    /// <summary>Its file name.</summary>
    public required string Name { get; init; }

    /// <summary>Official address; null: it must not or cannot be downloaded, and a person gets it as <see cref="DataLayout.Obtain"/>
    /// says.</summary>
    public string? Address { get; init; }

    /// <summary>What it is.</summary>
    public DataFormat Format { get; init; }

    /// <summary>Its length in bytes; null: not published.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its SHA-256, 64 lower-case hexadecimal digits; null: not published.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its MD5, 32 lower-case hexadecimal digits, where its author publishes only that; null: see <see cref="Sha256"/>.</summary>
    public string? Md5 { get; init; }

    /// <summary>Length of all that comes out of it, in bytes: unpacking stops beyond it. Null: not known, and a hundred times its own
    /// length is the limit.</summary>
    public long? UnpackedBytes { get; init; }

    /// <summary>The layout's files that come out of it; empty: all of them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
