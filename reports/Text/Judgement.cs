namespace Sat.Reports.Text;

/// <summary>What a comparison shows.</summary>
public enum Judgement
{
    /// <summary>Exact, three seeds or more, within the tolerance.</summary>
    Reproduced,

    /// <summary>Exact, three seeds or more, beyond the tolerance.</summary>
    NotReproduced,

    /// <summary>Exact, but fewer than three seeds.</summary>
    Indicative,

    /// <summary>Scaled: the method is on the same side of the reference method as published.</summary>
    DirectionAgrees,

    /// <summary>Scaled: it is on the other side.</summary>
    DirectionDiffers,

    /// <summary>Scaled, and there is nothing to judge the direction by, no finished run, or a tie.</summary>
    NotJudged,
}
