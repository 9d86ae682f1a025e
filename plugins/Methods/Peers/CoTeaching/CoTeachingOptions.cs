using Sat.Records.Options;

namespace Sat.Methods.Peers.CoTeaching;

/// <summary>Options of co-teaching; the defaults are those of the published code, whose forget rate is the rate of the noise.</summary>
sealed record CoTeachingOptions
{
    [Option(
        "Share of a batch that is left out in the end (tau): best the share of wrong labels, which the method does not estimate.",
        Min = 0,
        Max = 1,
        BelowMax = true
    )]
    public double ForgetRate { get; init; } = 0.2;

    [Option("Epochs over which the share left out grows from 0 (T_k).", Min = 1, Needs = "forget-rate")]
    public int RampEpochs { get; init; } = 10;

    [Option("Exponent of its growth (c): in epoch T, the share is tau min(T^c / T_k, 1).", Min = 0, AboveMin = true, Needs = "forget-rate")]
    public double Exponent { get; init; } = 1;
}
