using System.Globalization;
using Sat.Records;
using Sat.Reports.Results;

namespace Sat.Tool.Display;

/// <summary>What planned seeds can decide, in words.</summary>
internal static class PowerText
{
    private static readonly string[] Header =
    [
        "setting",
        "method",
        "noise",
        "published",
        "seeds",
        "deviation",
        "equivalent",
        "different",
        "seeds for 80 %",
    ];

    private static readonly string[] DirectionHeader = ["setting", "method", "against", "noise", "published lead", "seeds", "decided"];

    public static void Write(VerdictForecast forecast, double margin, double? assumed)
    {
        if (forecast.Verdicts.Count == 0)
            Say("No published value will be judged by value: none has the planned protocol, with all that decides a result stated.");
        else
        {
            new TextTable(Header, [.. forecast.Verdicts.Select(Row)])
                .Fit(TerminalSize.OutColumns, ["setting", "noise", "method"], out _)
                .Write(Console.Out, TerminalSize.OutColumns);
            Say(
                Text(
                    $"equivalent: the chance if there is no true difference, at a margin of {Points(margin)}; different: if it is twice the margin; seeds for 80 %: of the first, none up to 1000 where it says so. "
                )
                    + (
                        assumed is { } sd ? Text($"One seed is assumed to deviate by {Points(sd)}.")
                        : forecast.Verdicts.Any(v => v.Deviation is null) ? "Where no deviation is published, give one with --deviation."
                        : "Our seeds are assumed to deviate as the published ones."
                    )
            );
        }
        if (forecast.Directions.Count > 0)
        {
            new TextTable(DirectionHeader, [.. forecast.Directions.Select(Row)])
                .Fit(TerminalSize.OutColumns, ["setting", "noise", "method"], out _)
                .Write(Console.Out, TerminalSize.OutColumns);
            Say("decided: the chance that the direction is seen if the true lead is the published one, in points.");
        }
        if (forecast.Seeds < 2)
            Say("Cells with one seed decide no direction, and no expectation that a run is above another.");
        else if (forecast.Lead is { } lead)
            Say(
                Text(
                    $"With {Count.Of(forecast.Seeds, "seed")}, a lead of one method over another has to be about {lead:0.0} points to be seen with a power of 80 %."
                )
            );
    }

    private static IReadOnlyList<string> Row(PlannedVerdict v) =>
        [
            v.Setting,
            v.Method,
            v.Noise,
            v.Published,
            Text($"{v.Seeds}"),
            v.Deviation is { } sd ? Text($"{sd:0.##}") : "?",
            Share(v.Equivalent),
            Share(v.Different),
            v.Deviation is null ? "?"
            : v.SeedsForEquivalent is { } n ? Text($"{n}")
            : "none",
        ];

    private static string Points(double number) => Text($"{number} {(number.Equals(1) ? "point" : "points")}");

    private static IReadOnlyList<string> Row(PlannedDirection d) =>
        [d.Setting, d.Method, d.Reference, d.Noise, Text($"{d.Published:+0.00;-0.00;0.00}"), Text($"{d.Seeds}"), Share(d.Decided)];

    private static string Share(double? chance) => chance is { } share ? Text($"{100 * share:0} %") : "?";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Say(string sentence) => Console.Out.WriteLine(WordWrap.Paragraph(sentence, TerminalSize.OutColumns));
}
