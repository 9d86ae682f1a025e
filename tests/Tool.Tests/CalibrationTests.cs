using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary><c>plan</c> where no finished run shows how fast runs train here.</summary>
[TestClass]
public sealed class CalibrationTests
{
    [TestMethod]
    public async Task A_plan_tries_each_kind_of_run_once_and_remembers_it()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        workshop.Variables.Remove("SAT_CALIBRATE");

        var untried = await workshop.Sat("plan", "tiny.yaml", "--no-calibrate");
        Assert.Contains("unknown", untried.Out);
        Assert.DoesNotContain("Trying", untried.Error);

        var first = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        Assert.Contains("Measuring how fast the runs train here", first.Error);
        Assert.Contains("by a short trial on this machine\n", first.Out);
        Assert.HasCount(1, await File.ReadAllLinesAsync(Path.Combine(workshop.Home, "calibration.jsonl")), "two seeds are of one kind");
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")), "no run is made");

        var again = await workshop.Sat("plan", "tiny.yaml", "--json");
        Assert.AreEqual("", again.Error);
        var cost = JsonNode.Parse(again.Out)!["cost"]!;
        Assert.AreEqual(0, cost["unknown-runs"]!.GetValue<int>());
        Assert.IsTrue(cost["trial"]!.GetValue<bool>());
        Assert.IsGreaterThan(0, cost["seconds"]!.GetValue<double>());

        var later = await workshop.Sat("plan", "tiny.yaml");
        Assert.MatchesRegex(
            "by a short trial on this machine on 20[0-9]{2}-[0-9]{2}-[0-9]{2} at [0-9]{2}:[0-9]{2} \\('--calibrate' measures again\\)\n",
            later.Out,
            "the machine may have been busy then"
        );

        var stale = Path.Combine(workshop.Home, "calibration.jsonl");
        var trial = JsonNode.Parse(await File.ReadAllTextAsync(stale))!;
        trial["speed"]!["images-per-second"] = 0.001;
        await File.WriteAllTextAsync(stale, trial.ToJsonString() + "\n");
        Assert.IsGreaterThan(1e5, await Seconds(workshop), "a trial on a machine that stood still");
        Assert.IsLessThan(1e5, await Seconds(workshop, "--calibrate"), "measured again");
        Assert.IsLessThan(1e5, await Seconds(workshop), "and remembered");
        Assert.Contains("by a short trial on this machine\n", (await workshop.Sat("plan", "tiny.yaml", "--calibrate")).Out);
    }

    private static async Task<double> Seconds(Workshop workshop, params string[] more)
    {
        var plan = await workshop.Sat(["plan", "tiny.yaml", "--json", .. more]);
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        return JsonNode.Parse(plan.Out)!["cost"]!["seconds"]!.GetValue<double>();
    }
}
