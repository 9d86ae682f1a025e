namespace Sat.Records.Runs;

/// <summary>The steps by which a lease changes hands. Each is one look or one rename; anything can happen between two of them.</summary>
internal interface ILeaseSteps
{
    /// <summary>All that there are.</summary>
    IReadOnlyList<LeaseMark> List();

    /// <summary>False once its holder is known to be gone. Being wrong costs a holder its lease, and no more.</summary>
    bool IsAlive(long number);

    /// <summary>Makes the held lease of a number an ended one.</summary>
    /// <returns>False if it was not there, or somebody else has ended it.</returns>
    bool End(long number);

    /// <summary>Makes a lease of this process's own, held under a number.</summary>
    /// <returns>False if one is held under it.</returns>
    bool Become(long number);

    /// <summary>Takes a lease out of the folder, as far as it is still there.</summary>
    void Discard(LeaseMark lease);
}
