namespace Sat.Sdk;

/// <summary>What a method makes of an epoch (<see cref="IEpochSelection"/>).</summary>
public enum EpochDecision
{
    /// <summary>Train on.</summary>
    Continue,

    /// <summary>Train on, and take this epoch's weights for the result unless a later epoch's are kept.</summary>
    Keep,

    /// <summary>Train no further.</summary>
    Stop,
}
