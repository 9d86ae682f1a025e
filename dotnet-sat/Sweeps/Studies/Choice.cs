namespace Sat.Sweeps.Studies;

/// <summary>Which value of a list was taken.</summary>
/// <param name="Path">Where the list stood.</param>
/// <param name="Index">Which value.</param>
public readonly record struct Choice(string Path, int Index);
