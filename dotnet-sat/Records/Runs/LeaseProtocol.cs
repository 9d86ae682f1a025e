namespace Sat.Records.Runs;

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
