namespace Sat.Records.Data;

/// <summary>What a source is.</summary>
public enum DataFormat
{
    /// <summary>A tar archive, compressed with gzip.</summary>
    TarGz,

    /// <summary>A tar archive.</summary>
    Tar,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>No archive: one of the layout's files, as it is.</summary>
    File,
}
