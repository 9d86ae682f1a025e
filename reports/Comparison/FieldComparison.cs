namespace Sat.Reports.Comparison;

/// <summary>A field, or one option of a component, of a published value's protocol beside a run's.</summary>
/// <param name="Field">Its path: <c>epochs</c>, <c>optimizer.lr</c>.</param>
/// <param name="State">How they compare.</param>
/// <param name="Published">What the source states; null: nothing.</param>
/// <param name="Run">What the run did; null: not known, or its component has no such option.</param>
public sealed record FieldComparison(string Field, FieldState State, string? Published, string? Run);
