namespace Sat.Noise.Standard.Human;

/// <summary>A label set of a published file, and the true labels beside it.</summary>
/// <param name="Clean">The entry with the true labels.</param>
/// <param name="Given">Names of the entry with the labels that people gave, of which the first that is there counts.</param>
sealed record HumanLabels(string Clean, params string[] Given)
{
    public static HumanLabels Of(Cifar10nLabels labels) =>
        new(
            "clean_label",
            labels switch
            {
                Cifar10nLabels.Random1 => "random_label1",
                Cifar10nLabels.Random2 => "random_label2",
                Cifar10nLabels.Random3 => "random_label3",
                Cifar10nLabels.Worst => "worse_label",
                _ => "aggre_label",
            }
        );

    // The .npy file names them otherwise.
    public static HumanLabels Of(Cifar100nLabels labels) =>
        labels == Cifar100nLabels.NoisyCoarse
            ? new("clean_coarse_label", "noisy_coarse_label")
            : new("clean_label", "noisy_label", "noise_label");
}
