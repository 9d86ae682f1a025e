using Sat.Records;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

[TestClass]
public sealed class LiveReportTests
{
    [TestMethod]
    public void A_report_is_rewritten_as_runs_end_but_for_no_more_than_a_twentieth_of_the_time()
    {
        var clock = new Clock();
        var written = 0;
        using var report = new LiveReport(
            () =>
            {
                written++;
                clock.Seconds += 2;
            },
            clock
        );
        int After(int seconds)
        {
            clock.Seconds += seconds;
            report.RunEnded(null!, null!);
            report.Dispose();
            return written;
        }

        Assert.AreEqual(1, After(0), "the first run that ends");
        Assert.AreEqual(1, After(20));
        Assert.AreEqual(1, After(19), "39 s after 2 s of writing");
        Assert.AreEqual(2, After(1));
        Assert.AreEqual(2, After(39));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_report_that_cannot_be_written_ends_no_sweep(bool isForeseen)
    {
        var tries = 0;
        using var report = new LiveReport(
            () =>
                throw (
                    ++tries is var t && isForeseen
                        ? new SatException(ExitCode.Environment, $"try {t}")
                        : new InvalidOperationException($"try {t}")
                ),
            new Clock()
        );
        for (var i = 1; i <= 2; i++)
        {
            report.RunEnded(null!, null!);
            report.Dispose();
            Assert.AreEqual(i, tries);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
