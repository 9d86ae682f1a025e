using Sat.Records;
using Sat.Records.Statistics;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>Judges a value that was measured under the published protocol.</summary>
internal static class ValueVerdict
{
    /// <summary>A difference as large as the margin is not beyond it, whatever the last bit of a subtraction.</summary>
    private const double LastBits = 1e-12;

    /// <summary>The verdict that a difference allows.</summary>
    /// <param name="difference">Ours less the published value.</param>
    /// <param name="test">What is known of its error.</param>
    public static Judgement Of(double difference, DifferenceResult test)
    {
        if (test is not { Half90: { } narrow, Half95: { } wide })
            return Judgement.Inconclusive;
        var distance = Math.Abs(difference);
        return distance + narrow < test.Margin ? Judgement.Equivalent
            : distance > wide
                ? distance > test.Margin + LastBits ? Judgement.Different
                    : Judgement.Inconclusive
            : test.Method == DifferenceMethod.Prediction ? Judgement.Consistent
            : Judgement.Inconclusive;
    }

    /// <summary>The seeds that would decide it, where it is open, and their hours.</summary>
    /// <param name="test">The difference's test.</param>
    /// <param name="judgement">Its verdict.</param>
    /// <param name="ours">What was measured.</param>
    /// <param name="published">The published value, with its deviation and trials.</param>
    /// <param name="secondsPerSeed">How long a seed took; null: not known.</param>
    public static DifferenceResult WithSeedsNeeded(
        DifferenceResult test,
        Judgement judgement,
        Statistic ours,
        (double Value, double? Deviation, int? Trials) published,
        double? secondsPerSeed
    )
    {
        if (
            judgement is not (Judgement.Inconclusive or Judgement.Consistent)
            || ours.Deviation is not { } deviation
            || test.StandardError is null
        )
            return test;
        var power = new VerdictPower(Math.Abs(ours.Mean - published.Value), test.Margin);
        Chances At(int seeds) =>
            test.Method == DifferenceMethod.Welch
                ? power.PublishedGiven(deviation, seeds, published.Deviation!.Value, published.Trials!.Value)
                : power.PublishedDraw(deviation, seeds);
        if (VerdictPower.Seeds(seeds => At(seeds).Decided, from: ours.Seeds + 1) is not { } needed)
            return test;
        return test with { SeedsNeeded = needed, HoursNeeded = (needed - ours.Seeds) * secondsPerSeed / 3600 };
    }

    /// <summary>The verdict in a sentence.</summary>
    public static string Sentence(
        double difference,
        DifferenceResult test,
        Judgement judgement,
        Statistic ours,
        SeedLooks? looks,
        bool onCard
    )
    {
        var margin = Format.Points(test.Margin, signed: false);
        var start = $"The same protocol as published: {Format.Points(difference)} from it over {Count.Of(ours.Seeds, "seed")}";
        if (test is not { Half90: { } narrow, Half95: { } wide })
            return $"{start}, and no interval: {(ours.Seeds < 2 ? "one seed, and no published deviation with its trials" : "no scatter between seeds, nor a published one")}.{Needed(test, ours, looks, onCard)}";
        var (ninety, ninetyFive) = (Interval("90 %", difference, narrow), Interval("95 %", difference, wide));
        return judgement switch
        {
            Judgement.Equivalent => $"{start}; the {ninety} lies within the margin of {margin}, so it replicates.{Basis(test)}",
            Judgement.Different => $"{start}, beyond the margin of {margin}; the {ninetyFive} excludes zero.{Basis(test)}",
            Judgement.Consistent =>
                $"{start}; the published value lies where one more run of ours would, within the {ninetyFive}, and the margin of {margin} cannot be shown.{Basis(test)}{Needed(test, ours, looks, onCard)}",
            _ =>
                $"{start}; the {ninety} does not lie within the margin of {margin}, and no difference beyond it is shown by the {ninetyFive}.{Basis(test)}{Needed(test, ours, looks, onCard)}",
        };
    }

    private static string Interval(string confidence, double difference, double half) =>
        $"{confidence} interval ({Format.Number(100 * (difference - half))} to {Format.Points(difference + half, signed: false)})";

    private static string Basis(DifferenceResult test) =>
        test.Method switch
        {
            DifferenceMethod.Prediction =>
                " The source does not state how its value scatters and over how many runs, so it is taken as one draw with our deviation.",
            DifferenceMethod.Single => " Our one seed is taken as one draw with the published deviation.",
            _ => "",
        };

    private static string Needed(DifferenceResult test, Statistic ours, SeedLooks? looks, bool onCard)
    {
        if (looks is not null)
            return looks.After(ours.Seeds) is { } next
                ? FormattableString.Invariant($" The next look is at {next} seeds.")
                : " This was the last look.";
        if (ours.Deviation is null)
            return " A second seed would show how ours scatter.";
        if (ours.Deviation is 0 || test.StandardError is null)
            return "";
        if (test.SeedsNeeded is not { } needed)
            return FormattableString.Invariant(
                $" If this is the true difference, no number of seeds up to {VerdictPower.MostSeeds} would decide it with a power of 80 %."
            );
        var hours = test.HoursNeeded is { } h ? $" ({Format.Short(h)} {(onCard ? "GPU-hours" : "CPU-hours")} at the recorded speed)" : "";
        return $" If this is the true difference, {Count.Of(needed - ours.Seeds, "more seed")}{hours} would decide it with a power of 80 %.";
    }
}
