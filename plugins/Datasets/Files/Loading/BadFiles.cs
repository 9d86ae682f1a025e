namespace Sat.Datasets.Files.Loading;

/// <summary>What is done with files that cannot be decoded.</summary>
enum BadFiles
{
    /// <summary>Nothing is trained on.</summary>
    Refuse,

    /// <summary>They are left out.</summary>
    Skip,
}
