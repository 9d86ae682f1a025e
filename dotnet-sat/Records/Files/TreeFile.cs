namespace Sat.Records.Files;

/// <summary>A file beneath a folder.</summary>
/// <param name="Name">Its name relative to the folder, with <c>/</c>.</param>
/// <param name="IsLinked">True if it is a link, or is reached through one.</param>
public readonly record struct TreeFile(string Name, bool IsLinked);
