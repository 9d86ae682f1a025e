namespace Sat.Sdk;

/// <summary>Images and labels. Disposed by the host.</summary>
public interface IDataset : IDisposable
{
    /// <summary>Class names in the order of their numbers; empty when nothing is labelled.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>Shape of every image.</summary>
    ImageShape Shape { get; }

    /// <summary>The published normalisation; null leaves pixels in [0, 1].</summary>
    Normalization? Normalization { get; }

    /// <summary>The training set. Its order must say nothing of the classes: subsets are taken from its front, validation from its
    /// end.</summary>
    ISplit Train { get; }

    /// <summary>The test set.</summary>
    ISplit Test { get; }
}
