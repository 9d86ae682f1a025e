using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Text;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>Units, directions and titles of metrics are those that their plugins declare, whatever the metrics are called.</summary>
[TestClass]
public sealed class DeclaredMetricsTests
{
    private static readonly MetricSchema Risk = new()
    {
        Name = "risk",
        Title = "risk at full coverage",
        Unit = MetricUnit.Share,
        Better = MetricDirection.Lower,
        IsMain = true,
    };

    private static readonly MetricSchema Stuck = new()
    {
        Name = "stuck",
        Title = "state of the weights",
        Alarm = new("stuck", "did not move from their first weights"),
    };

    [TestMethod]
    public void Where_lower_is_better_the_lowest_leads()
    {
        using var output = Measured(Risk, ("erm", 0.31), ("sat", 0.24));
        var document = output.Build();
        Assert.Contains(
            "With noise symmetric, rate=0.4, sat ends 7.00 points below erm in risk at full coverage (24.00 % against 31.00 %, 1 seed); one seed, so nothing can be said about the spread.",
            document.Verdict.Sentences,
            string.Join('\n', document.Verdict.Sentences)
        );
        var html = Html(output);
        StringAssert.Contains(html, "Risk at full coverage");
        StringAssert.Contains(html, "24.00");
    }

    [TestMethod]
    public void A_metric_that_nobody_declared_is_a_plain_number_whatever_its_name()
    {
        using var output = Measured(new MetricSchema { Name = "fancy-accuracy", Title = "fancy-accuracy" }, ("erm", 0.3125));
        output.Metrics.RemoveAll(m => m.Name == "fancy-accuracy");
        var html = Html(output);
        StringAssert.Contains(html, "0.3125");
        Assert.DoesNotContain("31.25", html);
    }

    [TestMethod]
    public void A_plan_of_an_earlier_version_is_read_by_what_installed_components_declare()
    {
        using var output = Measured(Risk, ("erm", 0.3125));
        output.Metrics.Clear();
        output.WritePlan();
        StringAssert.Contains(File.ReadAllText(ReportWriter.Write(output.Path).Html), "0.3125");
        StringAssert.Contains(Plain(File.ReadAllText(ReportWriter.Write(output.Path, [Risk]).Html)), "31.25 %");
    }

    [TestMethod]
    public void An_alarm_is_shown_wherever_its_runs_are()
    {
        using var output = Measured(Stuck, ("erm", 1), ("sat", 0));
        Assert.Contains(
            "1 run did not move from their first weights: erm under symmetric, rate=0.4.",
            output.Build().Verdict.Sentences,
            string.Join('\n', output.Build().Verdict.Sentences)
        );
        var html = Html(output);
        StringAssert.Contains(html, "1 of 1 run stuck");
        StringAssert.Contains(html, "not stuck");
        StringAssert.Contains(html, "badge state alarm");
    }

    [TestMethod]
    [DataRow(false, "2.5", "at least 2 was expected")]
    [DataRow(true, "250.00 %", "at least 200.00 % was expected")]
    public void Expectations_speak_in_the_metrics_unit(bool share, string value, string expected)
    {
        var rank = new MetricSchema
        {
            Name = "rank",
            Title = "rank",
            Unit = share ? MetricUnit.Share : MetricUnit.Number,
        };
        using var output = Measured(rank, ("erm", 2.5));
        output.Expectations.Add(
            new Expectation
            {
                Metric = "rank",
                Where = new Dictionary<string, string> { ["method.id"] = "erm" },
                AtLeast = 2,
            }
        );
        var result = output.Build().Expectations.Single();
        Assert.AreEqual(ExpectationStatus.Met, result.Status);
        Assert.AreEqual($"seed 1: {value}, where {expected}", result.Seeds.Single().Sentence);
    }

    [TestMethod]
    public void Results_state_what_is_known_of_each_metric_that_a_run_has()
    {
        using var output = Measured(Risk, ("erm", 0.31));
        var metrics = output.Build().Metrics;
        CollectionAssert.AreEqual(
            metrics.Select(m => m.Name).Order(StringComparer.Ordinal).ToArray(),
            metrics.Select(m => m.Name).ToArray()
        );
        Assert.AreEqual(Risk, metrics.Single(m => m.Name == "risk"));
        Assert.AreEqual(MetricDirection.Lower, metrics.Single(m => m.Name == MetricNames.Loss).Better);
    }

    private static OutputFolder Measured(MetricSchema metric, params (string Method, double Value)[] cells)
    {
        var output = new OutputFolder { Baselines = [] };
        output.Metrics.Add(metric);
        foreach (var (method, value) in cells)
        {
            var folder = output.Begin(OutputFolder.Spec(method, 0.4, 1, paper: false), RunStatus.Done, 2);
            OutputFolder.Publish(
                folder,
                folder.ReadRecord()! with
                {
                    Ended = OutputFolder.Created.AddMinutes(30),
                    Seconds = 60,
                    Final = new Dictionary<string, double> { [MetricNames.Loss] = 0.1, [metric.Name] = value },
                }
            );
        }
        return output;
    }

    private static string Html(OutputFolder output)
    {
        output.WritePlan();
        return Plain(File.ReadAllText(ReportWriter.Write(output.Path).Html));
    }

    /// <summary>A number is bound to its unit by a blank that does not break.</summary>
    private static string Plain(string html) => html.Replace('\u00A0', ' ').Replace("&nbsp;", " ", StringComparison.Ordinal);
}
