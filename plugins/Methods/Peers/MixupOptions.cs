using Sat.Records.Options;

namespace Sat.Methods.Peers;

/// <summary>Options of mixup; the default is that of the published code for CIFAR-10.</summary>
sealed record MixupOptions
{
    [Option(
        "Parameter of the distribution Beta(alpha, alpha) that the share of the first image is drawn from: small ones hardly mix; the paper's experiments with wrong labels mix more, with up to 32.",
        Min = 0,
        AboveMin = true
    )]
    public double Alpha { get; init; } = 1;
}
