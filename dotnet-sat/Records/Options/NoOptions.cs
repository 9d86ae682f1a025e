namespace Sat.Records.Options;

/// <summary>Options of a component that has none.</summary>
public sealed record NoOptions;
