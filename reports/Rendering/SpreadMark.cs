namespace Sat.Reports.Rendering;

/// <summary>How the spread behind a line is drawn.</summary>
internal enum SpreadMark
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A shaded band from the lowest to the highest.</summary>
    Band,

    /// <summary>A stroke at each point, which has a mark of its own.</summary>
    Whiskers,
}
