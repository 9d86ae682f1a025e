using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class RunLeaseTests
{
    [TestMethod]
    public void While_another_process_holds_it_nobody_gets_it()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.For(folder.Path, new string('a', 64));
        Assert.IsFalse(RunLease.IsHeld(run));
        using (var child = new ChildProcess("hold", run.Path))
        {
            Assert.AreEqual("held", child.Said);
            Assert.IsTrue(RunLease.IsHeld(run));
            Assert.IsNull(RunLease.TryTake(run));
            using var second = new ChildProcess("hold", run.Path);
            Assert.AreEqual("refused", second.Said);
            child.LetEnd();
        }
        Assert.IsFalse(RunLease.IsHeld(run));
        using var mine = RunLease.TryTake(run);
        Assert.IsNotNull(mine);
        using var third = new ChildProcess("hold", run.Path);
        Assert.AreEqual("refused", third.Said);
    }

    [TestMethod]
    public void A_killed_holder_gives_it_back()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.For(folder.Path, new string('a', 64));
        using var child = new ChildProcess("hold", run.Path);
        Assert.AreEqual("held", child.Said);
        child.Kill();
        Assert.IsFalse(RunLease.IsHeld(run));
        using var mine = RunLease.TryTake(run);
        Assert.IsNotNull(mine);
    }

    [TestMethod]
    public void Asking_whether_it_is_held_takes_it_from_nobody()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.For(folder.Path, new string('a', 64));
        RunLease.TryTake(run)!.Dispose();
        using var over = new CancellationTokenSource();
        var asking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                RunLease.IsHeld(run);
        });
        for (var i = 0; i < 200; i++)
        {
            using var lease = RunLease.TryTake(run);
            Assert.IsNotNull(lease);
        }
        over.Cancel();
        asking.Wait();
    }

    [TestMethod]
    public void A_place_that_cannot_hold_a_folder_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        Assert.StartsWith(
            "cannot write ",
            Refused.With(ExitCode.Environment, () => RunLease.TryTake(RunFolder.For(folder.At("file"), new string('a', 64))))
        );
    }

    [TestMethod]
    public void A_process_that_stalls_before_it_takes_a_number_gets_a_later_one_than_those_that_came_between()
    {
        using var folder = new TemporaryFolder();
        var run = Run(folder);
        RunLease? second = null;
        var stalling = new Stalling(new LeaseSteps(run, "work", new LeaseWatch()), () =>
        {
            RunLease.TryTake(run)!.Dispose();
            second = RunLease.TryTake(run);
        });
        Assert.IsNull(LeaseProtocol.TryTake(stalling), "number 2 lives");
        Assert.AreEqual(2, second!.Number);
        second.WriteText(run.RequestFile, "the second one's");
        second.Dispose();

        using var third = RunLease.TryTake(run);
        Assert.AreEqual(3, third!.Number);
    }

    [TestMethod]
    public void Who_was_taken_for_dead_publishes_and_removes_nothing_more()
    {
        using var folder = new TemporaryFolder();
        var run = Run(folder);
        using var first = RunLease.TryTake(run)!;
        first.WriteText(run.MetricsFile, "first");
        Assert.IsTrue(new LeaseSteps(run, "", new LeaseWatch()).End(first.Number));
        // A process that slept takes the number of the first, for as long as it needs to see that there is a higher one.
        using var second = RunLease.TryTake(run)!;
        Assert.IsTrue(new LeaseSteps(run, "sleeper", new LeaseWatch()).Become(first.Number));
        Assert.AreEqual(2, second.Number);

        Assert.ThrowsExactly<LeaseLostException>(() => first.WriteText(run.MetricsFile, "late"));
        Assert.ThrowsExactly<LeaseLostException>(() => first.Remove(run.MetricsFile));
        first.Dispose();
        second.Require();
        Assert.AreEqual("first", File.ReadAllText(run.MetricsFile));
        second.Remove(run.MetricsFile);
        Assert.IsFalse(File.Exists(run.MetricsFile));
    }

    [TestMethod]
    [DataRow(-3600)]
    [DataRow(0)]
    [DataRow(3600)]
    public void A_holder_elsewhere_lives_as_long_as_it_is_seen_to_renew_whatever_its_clock_says(int seconds)
    {
        using var folder = new TemporaryFolder();
        var run = Run(folder);
        var (lease, clock) = (Elsewhere(run), new Clock());
        var watch = new LeaseWatch(clock);
        void Renew()
        {
            lease.Renew();
            File.SetLastWriteTimeUtc(Path.Combine(lease.Path, RunLease.BeatFile), DateTime.UtcNow.AddSeconds(seconds));
        }
        Assert.AreEqual(LeaseState.Unknown, watch.Look(lease));
        for (var i = 0; i < 20; i++)
        {
            Renew();
            clock.Pass(50);
            Assert.AreEqual(LeaseState.Held, watch.Look(lease));
            Assert.IsNull(RunLease.TryTake(run, watch));
        }
        for (var i = 0; i < 4; i++)
        {
            clock.Pass(13);
            Assert.IsNull(RunLease.TryTake(run, watch));
        }
        clock.Pass(13);
        using var mine = RunLease.TryTake(run, watch);
        Assert.AreEqual(8, mine!.Number);
    }

    [TestMethod]
    public void A_machine_that_slept_with_its_workers_does_not_take_their_leases()
    {
        using var folder = new TemporaryFolder();
        var (lease, clock) = (Elsewhere(Run(folder)), new Clock());
        var watch = new LeaseWatch(clock);
        watch.Look(lease);
        clock.Pass(100_000);
        Assert.AreEqual(LeaseState.Unknown, watch.Look(lease));
        lease.Renew();
        Assert.AreEqual(LeaseState.Held, watch.Look(lease));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "the kernel's ticks are read from /proc")]
    public void When_a_process_was_started_is_not_reckoned_from_a_clock_that_can_be_set()
    {
        var current = LeaseHolder.Current;
        Assert.IsFalse((current with { Started = current.Started.AddHours(-1) }).IsGone(), "the clock was set");
        Assert.IsFalse(
            (current with { Started = current.Started.AddHours(-1), StartTicks = null }).IsGone(),
            "a lease of an earlier version: one must watch"
        );
        Assert.IsTrue((current with { StartTicks = current.StartTicks - 1 }).IsGone(), "another process with its number");
        Assert.IsFalse((current with { StartTicks = current.StartTicks - 1, Machine = "another" }).IsGone());
    }

    [TestMethod]
    public void A_lease_of_version_0_1_0_is_understood()
    {
        using var folder = new TemporaryFolder();
        var run = Run(folder);
        folder.Write($"{run.Name}/lease-4/holder.json", """{"machine":"elsewhere","process":7,"started":"2026-01-01T00:00:00Z"}""");
        folder.Write($"{run.Name}/lease-4/renewed", "..");
        folder.Write($"{run.Name}/lease-3.ended/renewed", "");
        Assert.IsTrue(RunLease.IsHeld(run));
        var clock = new Clock();
        var watch = new LeaseWatch(clock);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsNull(RunLease.TryTake(run, watch));
            clock.Pass(12);
        }
        using var mine = RunLease.TryTake(run, watch);
        Assert.AreEqual(5, mine!.Number);
        Assert.HasCount(1, Directory.GetDirectories(run.Path));
    }

    private static RunFolder Run(TemporaryFolder folder) => RunFolder.For(folder.Path, new string('a', 64));

    /// <summary>Lease 7, of a process on another machine.</summary>
    private static LeaseFolder Elsewhere(RunFolder run)
    {
        var lease = LeaseFolder.For(run, new LeaseMark(7, Ended: false));
        Directory.CreateDirectory(run.Path);
        Directory.Move(LeaseFolder.Prepare(run, LeaseHolder.Current with { Machine = "elsewhere", Seconds = 60 }, "work"), lease.Path);
        return lease;
    }

    private sealed class Clock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        public void Pass(int seconds) => _milliseconds += seconds * 1000L;
    }

    /// <summary>Stalls once before it takes a number, while others do something.</summary>
    private sealed class Stalling(ILeaseSteps inner, Action meanwhile) : ILeaseSteps
    {
        private Action? _meanwhile = meanwhile;

        public IReadOnlyList<LeaseMark> List() => inner.List();

        public bool IsAlive(long number) => inner.IsAlive(number);

        public bool End(long number) => inner.End(number);

        public void Discard(LeaseMark lease) => inner.Discard(lease);

        public bool Become(long number)
        {
            _meanwhile?.Invoke();
            _meanwhile = null;
            return inner.Become(number);
        }
    }
}
