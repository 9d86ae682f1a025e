namespace Sat.Sweeps.Studies;

/// <summary>Named things.</summary>
/// <param name="Children">Name to thing.</param>
/// <param name="Owner">Whose they are, for messages.</param>
public sealed record GroupShape(IReadOnlyDictionary<string, Shape> Children, string Owner = "a run") : Shape;
