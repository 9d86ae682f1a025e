namespace Sat.Records.Json;

/// <summary>What the checksum of a file says of it.</summary>
public enum SealState
{
    /// <summary>It has none.</summary>
    Missing,

    /// <summary>It is that of the file.</summary>
    Whole,

    /// <summary>It is that of another text.</summary>
    Broken,
}
