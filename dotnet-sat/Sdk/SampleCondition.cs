namespace Sat.Sdk;

/// <summary>Samples that lie one after the other in a split and were made in the same way.</summary>
/// <param name="Name">How, in lower-case letters, digits and hyphens: <c>gaussian-noise</c>.</param>
/// <param name="Severity">How far they are from images as they are, from 1.</param>
/// <param name="First">The position of the first of them in the split.</param>
/// <param name="Count">How many there are.</param>
public sealed record SampleCondition(string Name, int Severity, long First, long Count);
