using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>A sweep that a script follows, and the lists of what it left.</summary>
[TestClass]
public sealed class SweepEventsTests
{
    [TestMethod]
    public async Task Each_event_is_a_line_of_json_and_the_runs_can_be_sorted_and_cut()
    {
        using var workshop = new Workshop();
        // The second run fails: 64 of these photos are trained on, which only its worker knows.
        workshop.WritePhotos(40);
        workshop.WriteStudy("seed: [1, 2]\ntraining.samples: [64, 99]");
        string[] photos = ["--set", "dataset=image-folder", "--set", "dataset.path=photos", "--set", "dataset.size=8"];
        var sweep = await workshop.Sat(["sweep", "tiny.yaml", "--threads", "1", "--json", .. photos]);
        Assert.AreEqual(ExitCode.Planning, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 2 done, 2 failed", sweep.Error);

        JsonNode[] events = [.. sweep.Out.TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!)];
        string[] names = [.. events.Select(e => (string)e["event"]!)];
        Assert.AreEqual("sweep-started", names[0]);
        Assert.AreEqual((4, workshop.Plan("runs/tiny").Name), ((int)events[0]["runs"]!, (string)events[0]["name"]!));
        Assert.AreEqual(2, names.Count(n => n == "run-finished"));
        Assert.AreEqual(2, names.Count(n => n == "run-failed"));
        var last = events[^1];
        Assert.AreEqual(
            ("sweep-finished", 2, 2, ExitCode.Planning),
            ((string)last["event"]!, (int)last["done"]!, (int)last["failed"]!, (int)last["exit-code"]!)
        );
        Assert.Contains("training.samples is 99", (string)events.First(e => (string)e["event"]! == "run-failed")["reason"]!);
        foreach (var finished in events.Where(e => (string)e["event"]! == "run-finished"))
        {
            var id = (string)finished["id"]!;
            var record = workshop.Run("runs/tiny", id).ReadRecord()!;
            Assert.AreEqual(record.Final!["test-accuracy"], (double)finished["metrics"]!["test-accuracy"]!);
            Assert.AreEqual(workshop.Run("runs/tiny", id).Path, (string)finished["folder"]!);
            Assert.IsTrue(
                events.Any(e =>
                    (string)e["event"]! == "epoch" && (string)e["id"]! == id && (int)e["epoch"]! == 1 && e["metrics"]!["loss"] is not null
                )
            );
        }

        var list = await workshop.Sat(
            "runs",
            "list",
            "--columns",
            "seed",
            "test-accuracy",
            "seconds",
            "--sort",
            "seed:desc",
            "--limit",
            "3"
        );
        Assert.AreEqual(ExitCode.Fine, list.ExitCode, list.Error);
        string[][] rows =
        [
            .. list
                .Out.TrimEnd('\n')
                .Split('\n')
                .Select(l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        CollectionAssert.AreEqual(new[] { "id", "seed", "test-accuracy", "seconds" }, rows[0]);
        CollectionAssert.AreEqual(new[] { "2", "2", "1" }, rows[1..].Select(r => r[1]).ToArray());
        Assert.MatchesRegex(@"^(\d+\.\d\d %|-)$", rows[1][2]);
        Assert.Contains("3 of 4 runs", list.Error);
        Told.InOneSentence(await workshop.Sat("runs", "list", "--columns", "sed"), ExitCode.Planning, "no run here has a 'sed'", "seed");
        Told.InOneSentence(await workshop.Sat("runs", "list", "--sort", "sed"), ExitCode.Planning, "no run here has a 'sed'", "seed");

        // What the help of these commands shows works as it stands, for runs that are there.
        foreach (var command in new[] { "list", "show", "compare", "export", "prune" })
        {
            var help = (await workshop.Sat("runs", command, "--help")).Out;
            foreach (
                var example in help.Split("Examples:\n")[1]
                    .Replace("\\\n", "", StringComparison.Ordinal)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(l => l.Trim())
            )
            {
                var words = Shell.Words(
                    example
                        .Replace("0123456789ab", workshop.Plan("runs/tiny").Runs[0].Id[..12], StringComparison.Ordinal)
                        .Replace("runs/label-noise", "runs/tiny", StringComparison.Ordinal)
                )[2..];
                var outcome = await workshop.Sat(words);
                // The runs of this study are all of one method: nothing is there to compare.
                var fits =
                    outcome.ExitCode == ExitCode.Fine
                    || (command == "compare" && !outcome.Error.Contains("--help", StringComparison.Ordinal));
                Assert.IsTrue(fits, $"{example}\n{outcome.Error}");
            }
        }
    }
}
