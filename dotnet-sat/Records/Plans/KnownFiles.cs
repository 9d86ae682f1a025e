namespace Sat.Records.Plans;

/// <summary>What is known of the files that a run reads, the best first.</summary>
public enum KnownFiles
{
    /// <summary>All of them, or it reads none: they are here.</summary>
    Found,

    /// <summary>All of them, by their published checksums: they are not here.</summary>
    Published,

    /// <summary>Some are not here, and nothing says which they are.</summary>
    None,
}
