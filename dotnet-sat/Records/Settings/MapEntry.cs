namespace Sat.Records.Settings;

/// <summary>A named value.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value.</param>
/// <param name="At">Where the name stands.</param>
public sealed record MapEntry(string Name, Setting Value, SourceLocation? At = null);
