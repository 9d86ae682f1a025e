namespace Sat.Records.Settings;

/// <summary>One value.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="At">Where.</param>
public sealed record ScalarSetting(string Text, SourceLocation? At = null) : Setting(At)
{
    /// <summary>True for a text that was written in quotes, or as a block: it is neither a number nor <c>null</c>.</summary>
    public bool IsQuoted { get; init; }
}
