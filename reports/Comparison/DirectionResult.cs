using Sat.Records.Statistics;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>A method against the reference method, as published and as measured.</summary>
/// <param name="Reference">Id of the reference method.</param>
/// <param name="Published">Published lead over it: method less reference, in the sense in which larger is better.</param>
/// <param name="Measured">Measured lead over it in the same setting under the same noise.</param>
/// <param name="Paired">The measured lead seed by seed, with its interval; null: no seed in common.</param>
/// <param name="Judgement">Whether the interval lies on the published side of zero.</param>
public sealed record DirectionResult(string Reference, double Published, double Measured, PairedInterval? Paired, Judgement Judgement)
{
    /// <summary>The p value of no difference, corrected for all verdicts of the report; null: there is none.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>True if it has the published direction.</summary>
    public bool Agrees => Judgement == Judgement.DirectionAgrees;
}
