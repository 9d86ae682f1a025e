namespace Sat.Records.Data;

/// <summary>What is being done with a file.</summary>
public enum DataStage
{
    /// <summary>It comes from a server.</summary>
    Downloading,

    /// <summary>Its checksum is computed.</summary>
    Checking,

    /// <summary>What is in it is looked for.</summary>
    Indexing,

    /// <summary>Files come out of it.</summary>
    Unpacking,

    /// <summary>It is copied.</summary>
    Copying,

    /// <summary>It is put together from its parts.</summary>
    Joining,
}
