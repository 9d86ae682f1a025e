namespace Sat.Sdk;

/// <summary>Where the samples of a <see cref="NamedStream"/> come from.</summary>
public enum StreamSource
{
    /// <summary>The training set, with the labels that are trained on.</summary>
    Training,

    /// <summary>The dataset's own labelled images (<see cref="IHasLabeled"/>), all of them, which have no noise. A run on a dataset without
    /// them is refused. Some may be among those that <c>training.validation</c> holds out, if they are among the training images.</summary>
    Labeled,
}
