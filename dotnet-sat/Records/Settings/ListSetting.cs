namespace Sat.Records.Settings;

/// <summary>Several values.</summary>
/// <param name="Items">In their order.</param>
/// <param name="At">Where.</param>
public sealed record ListSetting(IReadOnlyList<Setting> Items, SourceLocation? At = null) : Setting(At);
