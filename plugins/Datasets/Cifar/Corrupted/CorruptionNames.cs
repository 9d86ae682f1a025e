namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>The corruptions of Hendrycks and Dietterich (arXiv 1903.12261), as files of theirs are called
/// (github.com/hendrycks/robustness).</summary>
static class CorruptionNames
{
    /// <summary>The fifteen that the benchmark's mean is over.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "gaussian_noise",
        "shot_noise",
        "impulse_noise",
        "defocus_blur",
        "glass_blur",
        "motion_blur",
        "zoom_blur",
        "snow",
        "frost",
        "fog",
        "brightness",
        "contrast",
        "elastic_transform",
        "pixelate",
        "jpeg_compression",
    ];

    /// <summary>Four more, meant for choosing settings.</summary>
    public static IReadOnlyList<string> Extra { get; } = ["speckle_noise", "gaussian_blur", "spatter", "saturate"];

    /// <summary>A corruption as conditions and metrics have it: <c>gaussian-noise</c>.</summary>
    public static string InWords(string name) => name.Replace('_', '-');
}
