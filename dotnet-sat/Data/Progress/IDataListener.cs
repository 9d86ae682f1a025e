namespace Sat.Data.Progress;

/// <summary>What is being done with a file.</summary>
public enum DataStage
{
    /// <summary>It comes from a server.</summary>
    Downloading,

    /// <summary>Its checksum is computed.</summary>
    Checking,

    /// <summary>Files come out of it.</summary>
    Unpacking,

    /// <summary>It is copied.</summary>
    Copying,

    /// <summary>It is put together from its parts.</summary>
    Joining,
}

/// <summary>How far something is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Name">With which file.</param>
/// <param name="Bytes">Bytes done.</param>
/// <param name="Total">Bytes in all; null: not known.</param>
public readonly record struct DataProgress(DataStage Stage, string Name, long Bytes, long? Total);

/// <summary>Hears how data come.</summary>
public interface IDataListener
{
    /// <summary>Some more was done.</summary>
    void Progressed(DataProgress progress);

    /// <summary>Something a person should know: a retry, a wait, a warning. One or two sentences.</summary>
    void Noted(string sentence);
}
