namespace Sat.Sdk;

/// <summary>A method that trains on several batches side by side: labelled and unlabelled samples, clean and noisy ones.</summary>
public interface IBatchStreams
{
    /// <summary>The streams beside the main one, by unique names; each batch has theirs in <see cref="Batch.Streams"/>. Asked once, before
    /// training.</summary>
    IReadOnlyList<NamedStream> Streams { get; }
}
