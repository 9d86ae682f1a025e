namespace Sat.Sdk.Testing;

/// <summary>An operator that libtorch carried out.</summary>
/// <param name="Name">As in <c>add</c>.</param>
/// <param name="Overload">As in <c>Tensor</c>; empty: it has but one.</param>
/// <param name="PartOf">The operator that was asked for, where this one is part of it; null: it was asked for itself.</param>
internal readonly record struct Operator(string Name, string Overload, string? PartOf)
{
    public override string ToString() => (PartOf is null ? "" : $"{PartOf}/") + Name + (Overload.Length == 0 ? "" : ".") + Overload;
}
