namespace Sat.Data;

/// <summary>Whether a dataset can be used.</summary>
public enum DataStatus
{
    /// <summary>All its files are here, and of a known version or as they were imported.</summary>
    Complete,

    /// <summary>None of its files is here.</summary>
    Missing,

    /// <summary>Files are missing, cut off or changed.</summary>
    Damaged,

    /// <summary>All its files are here, and nothing tells whether they are what they should be.</summary>
    Unknown,

    /// <summary>It needs no files.</summary>
    NoFiles,

    /// <summary>It reads files of a person's own, from a path that each study gives.</summary>
    OwnFiles,
}
