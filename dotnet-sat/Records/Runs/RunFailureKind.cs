namespace Sat.Records.Runs;

/// <summary>Failures that a sweep knows what to do about.</summary>
public enum RunFailureKind
{
    /// <summary>The machine's memory did not suffice.</summary>
    OutOfMemory,

    /// <summary>The graphics card's memory did not suffice.</summary>
    OutOfDeviceMemory,

    /// <summary>The graphics card answers no more.</summary>
    DeviceLost,

    /// <summary>Its worker was killed, and the system does not say that memory ran out.</summary>
    Killed,
}
