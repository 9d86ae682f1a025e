namespace Sat.Publishing.Privacy;

/// <summary>A text that must not be published.</summary>
/// <param name="Kind">What it is: <c>the home folder</c>, <c>the value of GITHUB_TOKEN</c>.</param>
/// <param name="Text">The text, not empty.</param>
public sealed record PrivateValue(string Kind, string Text);
