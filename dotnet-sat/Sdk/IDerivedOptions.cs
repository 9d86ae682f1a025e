namespace Sat.Sdk;

/// <summary>A method that derives values from its options and its task; they are recorded beside the options.</summary>
public interface IDerivedOptions
{
    /// <summary>Name to value (SAT: the momentum adjusted for width).</summary>
    IReadOnlyDictionary<string, double> Derived { get; }
}
