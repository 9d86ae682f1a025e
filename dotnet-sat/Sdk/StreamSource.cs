namespace Sat.Sdk;

/// <summary>Where the samples of a <see cref="NamedStream"/> come from.</summary>
public enum StreamSource
{
    /// <summary>The training set, with the labels that are trained on.</summary>
    Training,

    /// <summary>The dataset's own labelled images (<see cref="IHasLabeled"/>), which have no noise. A run on a dataset without them is
    /// refused.</summary>
    Labeled,
}
