using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>A state: a style's key, a sign that needs no colour, and its name.</summary>
internal sealed record BadgeView(string Key, string Sign, string Text)
{
    /// <summary>A run that finished with representations that are worth nothing.</summary>
    public static readonly BadgeView Collapsed = new("collapsed", "✗", "collapsed");

    public static BadgeView Of(Judgement j) => new(Words.Key(j), j switch
    {
        Judgement.Reproduced or Judgement.DirectionAgrees => "✓",
        Judgement.NotReproduced or Judgement.DirectionDiffers => "✗",
        Judgement.Indicative => "≈",
        _ => "–",
    }, Words.Of(j));

    public static BadgeView Of(ExpectationStatus s) => new(Words.Key(s), s switch { ExpectationStatus.Met => "✓", ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric => "✗", _ => "…" }, Words.Of(s));

    public static BadgeView Of(RunState s) => new(Words.Key(s), s switch
    {
        RunState.Done => "✓",
        RunState.Failed or RunState.Diverged or RunState.Damaged => "✗",
        RunState.Stale => "≠",
        RunState.Running => "▸",
        RunState.Interrupted => "‖",
        _ => "…",
    }, Words.Of(s));
}
