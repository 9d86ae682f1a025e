using Sat.Records.Runs;

namespace Sat.Records.Tests;

/// <summary>Where a run stands, while its worker goes on.</summary>
[TestClass]
public sealed class RunStandingsTests
{
    [TestMethod]
    [DataRow(RunStatus.Done)]
    [DataRow(RunStatus.Failed)]
    [DataRow(RunStatus.Diverged)]
    public void A_run_that_ends_between_the_two_looks_is_not_taken_for_interrupted(RunStatus end)
    {
        var status = RunStatus.Running;
        var (record, isHeld) = RunStandings.Look(
            () => (RunStatus?)status,
            s => s,
            () =>
            {
                // The worker writes its last word, then gives the lease back.
                status = end;
                return false;
            }
        );
        Assert.AreEqual(end.ToString(), RunStandings.From(record, () => isHeld).ToString());
    }

    [TestMethod]
    [DataRow(RunStatus.Running, false, RunStanding.Interrupted)]
    [DataRow(RunStatus.Running, true, RunStanding.Running)]
    [DataRow(RunStatus.Failed, true, RunStanding.Running)]
    [DataRow(RunStatus.Failed, false, RunStanding.Failed)]
    [DataRow(RunStatus.Done, true, RunStanding.Done)]
    [DataRow(null, true, RunStanding.Running)]
    [DataRow(null, false, RunStanding.Missing)]
    public void Record_and_lease_tell_where_a_run_stands(RunStatus? status, bool lease, RunStanding expected)
    {
        var (record, isHeld) = RunStandings.Look(() => status, s => s, () => lease);
        Assert.AreEqual(expected, RunStandings.From(record, () => isHeld));
    }
}
