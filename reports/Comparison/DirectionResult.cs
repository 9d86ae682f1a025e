using Sat.Records.Statistics;

namespace Sat.Reports.Comparison;

/// <summary>A method against the reference method, as published and as measured.</summary>
/// <param name="Reference">Id of the reference method.</param>
/// <param name="Published">Published lead over it: method less reference, in the sense in which larger is better.</param>
/// <param name="Measured">Measured lead over it in the same setting under the same noise.</param>
/// <param name="Paired">The measured lead seed by seed, with its interval; null: no seed in common.</param>
/// <param name="IsTie">True if one of the leads is none: there is no direction then.</param>
/// <param name="Agrees">True if both leads have the same sign.</param>
public sealed record DirectionResult(string Reference, double Published, double Measured, PairedInterval? Paired, bool IsTie, bool Agrees);
