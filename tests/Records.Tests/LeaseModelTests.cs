using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class LeaseModelTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public void In_no_order_of_steps_does_a_holder_publish_once_a_later_one_has_begun(int processes)
    {
        var model = new LeaseModel(LeaseProtocol.Attempt);
        Assert.IsNull(model.FindFault(processes));
        TestContext.WriteLine($"{model.States} states");
        Assert.IsGreaterThan(500, model.States);
    }

    [TestMethod]
    public void Leases_that_an_earlier_version_left_are_no_exception()
    {
        var model = new LeaseModel(LeaseProtocol.Attempt);
        Assert.IsNull(model.FindFault(2, new LeaseMark(1, Ended: true), new LeaseMark(2, Ended: false)));
        Assert.IsNull(model.FindFault(2, new LeaseMark(3, Ended: true), new LeaseMark(3, Ended: false)));
        Assert.IsNull(model.FindFault(2, new LeaseMark(1, Ended: false), new LeaseMark(2, Ended: false)));
    }

    [TestMethod]
    public void With_the_rules_of_version_0_1_0_a_number_goes_back()
    {
        var fault = new LeaseModel(TakeAsBefore, namesAlone: true, unguarded: true).FindFault(3);
        TestContext.WriteLine(fault);
        Assert.Contains("number 1 ", fault!);
    }

    [TestMethod]
    public void Each_of_the_rules_is_needed()
    {
        Assert.IsNotNull(new LeaseModel(TakeWithoutLookingAgain, unguarded: true).FindFault(3), "nobody looks again");
        Assert.IsNotNull(new LeaseModel(LeaseProtocol.Attempt, forgets: true).FindFault(3), "the highest number is not kept");
        Assert.IsNotNull(
            new LeaseModel(LeaseProtocol.Attempt, namesAlone: true).FindFault(3),
            "a holder knows its lease by the number alone"
        );
    }

    /// <summary>One look, then the rename; the ended leases that were seen are removed.</summary>
    private static (bool, long?) TakeAsBefore(ILeaseSteps steps)
    {
        var all = steps.List();
        foreach (var held in all.Where(l => !l.Ended).TakeLast(1))
        {
            if (steps.IsAlive(held.Number))
                return (false, null);
            steps.Discard(held with { Ended = true });
            if (!steps.End(held.Number))
                return (true, null);
        }
        var number = all.Select(l => l.Number).DefaultIfEmpty().Max() + 1;
        if (!steps.Become(number))
            return (false, null);
        foreach (var old in all)
            steps.Discard(old with { Ended = true });
        return (false, number);
    }

    /// <summary>The present rules, less one.</summary>
    private static (bool, long?) TakeWithoutLookingAgain(ILeaseSteps steps)
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
        foreach (var old in steps.List().Where(l => l.Number < mine))
            steps.Discard(old);
        return (false, mine);
    }
}
