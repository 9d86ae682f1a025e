using Sat.Benchmarks.Results;

namespace Sat.Benchmarks.Tests;

/// <summary>The page says what was measured, and nothing else.</summary>
[TestClass]
public sealed class PageTests
{
    [TestMethod]
    public void The_page_of_the_repository_is_what_its_raw_measurements_give() =>
        Assert.AreEqual(
            Page.Render(ResultFile.All(Path.Combine(Places.Repository, "benchmarks", "raw"))),
            File.ReadAllText(Path.Combine(Places.Repository, "docs", "benchmarks.md")),
            "generate it again: dotnet run -c Release --project benchmarks -- render"
        );

    [TestMethod]
    public void What_is_measured_is_measured_seven_times_on_one_machine_and_the_rest_is_said_to_be_open()
    {
        var files = ResultFile.All(Path.Combine(Places.Repository, "benchmarks", "raw"));
        var groups = files.SelectMany(f => f.Groups).DistinctBy(g => g.Name).ToArray();

        var open = Page.Render(files)
            .Split('\n')
            .Where(l => l.StartsWith("Not measured yet: ", StringComparison.Ordinal))
            .SelectMany(l => l["Not measured yet: ".Length..].TrimEnd('.').Split(", "));
        CollectionAssert.AreEquivalent(
            new[]
            {
                "training",
                "published",
                "switches",
                "method",
                "adversarial",
                "augment",
                "views",
                "decode",
                "memory",
                "long",
                "startup",
                "overhead",
                "checkpoint",
                "resume",
                "many",
                "report",
            },
            groups.Select(g => g.Name).Concat(open).ToArray()
        );
        Assert.IsNotEmpty(groups);
        foreach (var subject in groups.SelectMany(g => g.Cases).SelectMany(c => c.Subjects).Where(s => s.Missing is null))
            Assert.HasCount(7, subject.Repeats, subject.Name);
        Assert.HasCount(1, files.Select(f => f.Machine.Describe()).Distinct().ToArray());
    }

    [TestMethod]
    public void Medians_spreads_ratios_and_verdicts_are_those_counted_by_hand()
    {
        // Turn by turn 200/100, 330/110 and 240/120 images a second: twice, three times and twice as fast.
        var page = Page.Tables(new GroupResult("training", [Case("a net", ("dotnet-sat", [200, 330, 240]), ("PyTorch", [100, 110, 120]))]));

        Assert.Contains(
            "| a net | 240 (200 – 330) | 110 (100 – 120) | 2.00× (2.00 – 3.00) | ≥ 1.15× TorchSharp loop and PyTorch | yes |",
            page
        );
    }

    [TestMethod]
    public void A_peer_that_is_faster_leaves_the_target_unmet_though_another_is_slower()
    {
        var page = Page.Tables(
            new GroupResult("training", [Case("a net", ("dotnet-sat", [100]), ("TorchSharp loop", [50]), ("PyTorch", [101]))])
        );

        Assert.Contains("| 2.00× (2.00 – 2.00) | 0.99× (0.99 – 0.99) | ≥ 1.15× TorchSharp loop and PyTorch | **no** |", page);
    }

    [TestMethod]
    public void A_peer_that_nothing_is_asked_of_is_shown_and_does_not_judge()
    {
        var page = Page.Tables(
            new GroupResult("training", [Case("a net", ("dotnet-sat", [100]), ("PyTorch", [50]), ("PyTorch, tuned", [200]))])
        );
        Assert.Contains("| 2.00× (2.00 – 2.00) | 0.50× (0.50 – 0.50) | ≥ 1.15× TorchSharp loop and PyTorch | yes |", page);

        var alone = Page.Tables(new GroupResult("training", [Case("a net", ("dotnet-sat", [100]), ("PyTorch, tuned", [50]))]));
        Assert.Contains("≥ 1.15× TorchSharp loop and PyTorch | not measured |", alone);
    }

    [TestMethod]
    public void Times_are_better_when_they_are_less_and_must_stay_below_their_limit()
    {
        static string Row(double seconds) =>
            Page.Tables(new GroupResult("startup", [Of("dotnet-sat --help", "seconds", ("dotnet-sat", [seconds]))]));

        Assert.Contains("| dotnet-sat --help | 199 (199 – 199) | < 200 ms | yes |", Row(0.199));
        Assert.Contains("| dotnet-sat --help | 200 (200 – 200) | < 200 ms | **no** |", Row(0.2));
    }

    [TestMethod]
    public void A_peer_that_is_not_installed_is_told_and_has_no_column()
    {
        var there = Case("a net", ("dotnet-sat", [100]), ("TorchSharp loop", [50]));
        var page = Page.Tables(
            new GroupResult(
                "training",
                [there with { Subjects = [.. there.Subjects, new SubjectResult("PyTorch", "it is not installed", [])] }]
            )
        );

        Assert.Contains(
            "| a net | 100 (100 – 100) | 50.0 (50.0 – 50.0) | 2.00× (2.00 – 2.00) | ≥ 1.15× TorchSharp loop and PyTorch | not measured |",
            page
        );
        Assert.DoesNotContain("PyTorch, images/s", page);
        Assert.Contains("Not measured: PyTorch, because it is not installed.", page);
    }

    [TestMethod]
    public void Cases_that_have_other_peers_have_a_table_of_their_own()
    {
        var page = Page.Tables(
            new GroupResult(
                "training",
                [
                    Case("a net", ("dotnet-sat", [100]), ("PyTorch", [50])),
                    Case("a net, bf16", ("dotnet-sat", [300]), ("PyTorch, bf16", [100])),
                    Case("another net", ("dotnet-sat", [200]), ("PyTorch", [80])),
                ]
            )
        );

        Assert.Contains(
            "| a net | 100 (100 – 100) | 50.0 (50.0 – 50.0) | 2.00× (2.00 – 2.00) | ≥ 1.15× TorchSharp loop and PyTorch | yes |\n| another net | 200 (200 – 200) |",
            page
        );
        Assert.Contains(
            "| Training alone | dotnet-sat, images/s | PyTorch, bf16, images/s | times as good as PyTorch, bf16 | target | met |\n| --- | --- | --- | --- | --- | --- |\n| a net, bf16 | 300 (300 – 300) | 100 (100 – 100) | 3.00× (3.00 – 3.00) |",
            page
        );
    }

    [TestMethod]
    public void Of_each_group_the_newest_measurement_counts_and_says_when_and_where()
    {
        var old = Measured(
            1,
            new GroupResult("training", [Case("a net", ("dotnet-sat", [100]), ("a loop", [50]))]),
            new GroupResult("many", [Of("plan, all done", "seconds", ("dotnet-sat", [1.5]))])
        );
        var young = Measured(2, new GroupResult("training", [Case("a net", ("dotnet-sat", [300]), ("a loop", [50]))]));

        var page = Page.Render([young, old]);

        Assert.Contains("| a net | 300 (300 – 300) |", page);
        Assert.DoesNotContain("| a net | 100 ", page);
        Assert.Contains("| plan, all done | 1.50 (1.50 – 1.50) | < 2 s | yes |", page);
        Assert.Contains("Measured 2026-01-02 00:00 UTC at commit abc (training): A CPU (AVX2), 2 processors, 8 GiB, Debian", page);
        Assert.Contains("Measured 2026-01-01 00:00 UTC at commit abc (many)", page);
        Assert.Contains("--only many --case \"plan, all done\"", page);
    }

    private static CaseResult Case(string name, params (string Subject, double[] Values)[] subjects) =>
        Of(name, "training-images-per-second", subjects);

    private static CaseResult Of(string name, string measure, params (string Subject, double[] Values)[] subjects) =>
        new(
            name,
            [
                .. subjects.Select(s => new SubjectResult(
                    s.Subject,
                    null,
                    [.. s.Values.Select(v => new Dictionary<string, double> { [measure] = v })]
                )),
            ]
        );

    private static ResultFile Measured(int day, params GroupResult[] groups) =>
        new()
        {
            Started = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero),
            Commit = "abc",
            Command = "measure",
            Machine = new Machine
            {
                Cpu = "A CPU (AVX2)",
                Processors = 2,
                MemoryGib = 8,
                Os = "Debian",
                Versions = new Dictionary<string, string>(),
                LoadAtStart = 0.1,
            },
            Groups = groups,
        };
}
