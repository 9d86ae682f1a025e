namespace Sat.Records.Components;

/// <summary>What plugins can add.</summary>
public enum ComponentKind
{
    /// <summary>Images and labels.</summary>
    Dataset,

    /// <summary>What is done to the training set before training: wrong labels, corrupted images.</summary>
    Noise,

    /// <summary>What is done to each batch: crops, flips, colours.</summary>
    Augmentation,

    /// <summary>A backbone.</summary>
    Model,

    /// <summary>A way to train.</summary>
    Method,

    /// <summary>An optimizer.</summary>
    Optimizer,

    /// <summary>A schedule of the learning rate.</summary>
    Schedule,

    /// <summary>What is measured on a finished run.</summary>
    Evaluation,

    /// <summary>Where what is measured during training goes, beside the tool's own files.</summary>
    Sink,
}
