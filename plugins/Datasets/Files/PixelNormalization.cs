namespace Sat.Datasets.Files;

/// <summary>Published means and deviations.</summary>
enum PixelNormalization
{
    /// <summary>Pixels stay in [0, 1].</summary>
    None,

    Imagenet,
    Cifar,
}
