namespace Sat.Records.Runs;

/// <summary>A lease as it lies in a run's folder.</summary>
/// <param name="Number">Its fencing number, from 1.</param>
/// <param name="Ended">False while it is held.</param>
internal readonly record struct LeaseMark(long Number, bool Ended);

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

/// <summary>
/// How a lease is taken. Two rules make it safe however long a process stalls between two steps: the highest number stays
/// for ever, and who has taken a number looks again. If a number as high is there, it leaves: whoever has that one may be
/// at work. If none is, whoever takes a higher one later will find this one, and takes it out before it begins.
/// </summary>
internal static class LeaseProtocol
{
    /// <summary>Takes the lease.</summary>
    /// <returns>Its number; null while another holds it.</returns>
    public static long? TryTake(ILeaseSteps steps)
    {
        while (true)
        {
            var (again, number) = Attempt(steps);
            if (!again)
                return number;
        }
    }

    /// <summary>Tries to take the lease.</summary>
    /// <returns>Whether somebody else came between, so that it is to be tried again; else its number, or null while another holds
    /// it.</returns>
    public static (bool Again, long? Number) Attempt(ILeaseSteps steps)
    {
        var before = steps.List();
        var highest = before.Select(l => l.Number).DefaultIfEmpty().Max();
        if (before.Count > 0 && !before.Contains(new LeaseMark(highest, Ended: true)))
        {
            if (steps.IsAlive(highest))
                return (false, null);
            if (!steps.End(highest))
                return (true, null);
        }
        var mine = highest + 1;
        if (!steps.Become(mine))
            return (true, null);
        var now = steps.List();
        if (!IsHighest(now, mine))
        {
            steps.Discard(new LeaseMark(mine, Ended: false));
            return (true, null);
        }
        foreach (var old in now.Where(l => l.Number < mine))
            steps.Discard(old);
        return (false, mine);
    }

    /// <summary>True while a lease is held, and no other number is as high.</summary>
    public static bool IsHighest(IReadOnlyList<LeaseMark> all, long mine) =>
        all.Contains(new LeaseMark(mine, Ended: false)) && !all.Any(l => l.Number > mine || l.Number == mine && l.Ended);
}
