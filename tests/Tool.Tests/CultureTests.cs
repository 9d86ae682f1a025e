using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Cultures that write 0,4 for 0.4, have another calendar, other digits, or another upper case of i.</summary>
[TestClass]
public sealed class CultureTests
{
    [TestMethod]
    public async Task Plans_runs_and_reports_are_the_same_to_the_byte_in_every_culture()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: sat, alpha: 0.75, start-epoch: 0 } ]\nnoise: [ symmetric ]");
        async Task<Outcome> In(string language, params string[] arguments)
        {
            workshop.Variables["LANG"] = workshop.Variables["LC_ALL"] = language;
            var outcome = await workshop.Sat(arguments);
            Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, $"{language}: {outcome.Error}");
            return outcome;
        }

        string[] planning = ["plan", "tiny.yaml", "--json", "--set", "noise.rate=[0.4, 0.25]"];
        string[] sweeping =
        [
            "sweep",
            "tiny.yaml",
            "--threads",
            "1",
            "--set",
            "noise.rate=0.4",
            "--set",
            "training.optimizer.lr=0.05",
            "--out",
        ];
        string[] languages = ["de_DE.UTF-8", "tr_TR.UTF-8", "ar_SA.UTF-8"];
        var plan = await In("C.UTF-8", planning);
        foreach (var language in languages)
            Assert.AreEqual(plan.Out, (await In(language, planning)).Out, language);

        await In("C.UTF-8", [.. sweeping, "plain"]);
        var run = workshop.Run("plain", workshop.Plan("plain").Runs.Single().Id);
        var report = Told.Contents(Path.Combine(workshop.Folder, "plain"));
        foreach (var language in languages)
        {
            await In(language, "report", "plain");
            Told.Untouched(report, Path.Combine(workshop.Folder, "plain"));

            await In(language, [.. sweeping, language]);
            var there = workshop.Run(language, workshop.Plan(language).Runs.Single().Id);
            Assert.AreEqual(run.Name, there.Name);
            foreach (
                var file in new[]
                {
                    "request.json",
                    "metrics.jsonl",
                    "noise.npy",
                    "soft-targets.npy",
                    "test-logits.npy",
                    "labels.csv",
                    "confusion.npy",
                }
            )
                CollectionAssert.AreEqual(
                    await File.ReadAllBytesAsync(run.File(file)),
                    await File.ReadAllBytesAsync(there.File(file)),
                    $"{language}: {file}"
                );
        }
    }

    [TestMethod]
    [DataRow("0,7", "--set", "method.alpha=0,7", "'alpha' must be a number in [0, 1], but is '0,7'")]
    [DataRow("1,5", "--threads", "1,5", "--threads is '1,5': it takes a whole number from 1")]
    [DataRow("1.000", "--jobs", "1.000", "--jobs is '1.000': it takes a whole number from 1")]
    public async Task A_number_with_a_comma_or_points_is_refused_and_named_wherever_the_user_lives(
        string what,
        string option,
        string value,
        string said
    )
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: sat, start-epoch: 0 } ]");
        workshop.Variables["LC_ALL"] = "de_DE.UTF-8";
        Told.InOneSentence(await workshop.Sat("sweep", "tiny.yaml", option, value), ExitCode.Planning, option, what, said);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    [DataRow("--epochs", "2,5", "--epochs is '2,5': it takes a whole number from 1")]
    [DataRow("--seed", "-1", "--seed is '-1': it takes a whole number from 0")]
    public async Task Numbers_of_a_single_run_are_whole(string option, string value, string said)
    {
        using var workshop = new Workshop();
        Told.InOneSentence(
            await workshop.Sat("run", "--dataset", "shapes", "--model", "small-conv", "--method", "erm", option, value),
            ExitCode.Planning,
            said
        );
    }
}
