using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A state: a style's key, a sign that needs no colour, and its name.</summary>
internal sealed record BadgeView(string Key, string Sign, string Text)
{
    /// <summary>A run that finished, and says itself that it went wrong.</summary>
    public static BadgeView For(MetricAlarm alarm) => new("alarm", "✗", alarm.Word);

    public static BadgeView For(Judgement j) =>
        new(
            Words.Key(j),
            j switch
            {
                Judgement.Equivalent or Judgement.DirectionAgrees => "✓",
                Judgement.Different or Judgement.DirectionDiffers => "✗",
                Judgement.Consistent => "≈",
                Judgement.Inconclusive or Judgement.Undecided => "?",
                _ => "–",
            },
            Words.For(j)
        );

    public static BadgeView For(ExpectationStatus s) =>
        new(
            Words.Key(s),
            s switch
            {
                ExpectationStatus.Met => "✓",
                ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric => "✗",
                ExpectationStatus.Undecided => "?",
                _ => "…",
            },
            Words.For(s)
        );

    public static BadgeView For(CheckStatus s) =>
        new(
            Words.Key(s),
            s switch
            {
                CheckStatus.Holds => "✓",
                CheckStatus.Violated => "✗",
                _ => "–",
            },
            Words.For(s)
        );

    public static BadgeView For(RunStanding s) =>
        new(
            Words.Key(s),
            s switch
            {
                RunStanding.Done => "✓",
                RunStanding.Failed or RunStanding.Diverged or RunStanding.Damaged => "✗",
                RunStanding.Stale => "≠",
                RunStanding.Running => "▸",
                RunStanding.Interrupted => "‖",
                _ => "…",
            },
            Words.For(s)
        );
}
