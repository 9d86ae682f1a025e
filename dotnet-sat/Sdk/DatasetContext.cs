using Sat.Records.Data;

namespace Sat.Sdk;

/// <summary>What a dataset is opened with.</summary>
/// <param name="Files">Its files, found and verified against the run's checksums; <see cref="DataFiles.None"/> when it reads none.</param>
public sealed record DatasetContext(DataFiles Files)
{
    /// <summary>Threads that may decode the images of one call of <see cref="IStreamedSplit.Read"/>, at least 1. Images do not depend on
    /// it.</summary>
    public int LoaderThreads { get; init; } = Environment.ProcessorCount;
}
