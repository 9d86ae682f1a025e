namespace Sat.Benchmarks.Measuring;

/// <summary>A case to measure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Subjects">Ours, then its peers: one after the other in each repeat.</param>
internal sealed record Case(string Name, IReadOnlyList<Subject> Subjects);
