namespace Sat.Records.Runs;

/// <summary>Whether somebody works on a run.</summary>
public enum LeaseState
{
    /// <summary>Nobody does: there is no lease, its holder is gone from this machine, or it was watched standing still for its
    /// time.</summary>
    Free,

    /// <summary>There is a lease, which was not yet seen to be renewed, nor watched for long enough to be sure that it is not.</summary>
    Unknown,

    /// <summary>Its holder was seen to renew it.</summary>
    Held,
}
