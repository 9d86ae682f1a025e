namespace Sat.Publishing.Bundles;

/// <summary>What of a run goes into a bundle beyond its record, its metrics and what the report shows.</summary>
[Flags]
public enum BundleParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The nets' weights.</summary>
    Weights = 1,

    /// <summary>Logits, soft targets and other arrays with a row for each sample.</summary>
    Logits = 2,
}
