namespace Sat.Records.Runs;

/// <summary>The part of <see cref="RunEnvironment"/> that a <see cref="RunSummary"/> keeps.</summary>
public sealed record CodeSummary
{
    /// <summary>See <see cref="RunEnvironment.Plugins"/>.</summary>
    public IReadOnlyDictionary<string, string> Plugins { get; init; } = new Dictionary<string, string>();
}
