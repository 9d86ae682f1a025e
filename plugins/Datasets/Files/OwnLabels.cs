namespace Sat.Datasets.Files;

/// <summary>Labels of a person's own data, of which nobody knows whether they are right.</summary>
static class OwnLabels
{
    /// <summary>Of the option that trusts them.</summary>
    public const string Description =
        "true: the labels are known to be right, as in a curated benchmark, so runs can report how many are wrong after a noise, and the accuracy on true labels. "
        + "Unset: how many of the labels are wrong is unknown.";
}
