using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What is answered before anything trains: on runs that are there, on time, and on what cannot work.</summary>
[TestClass]
public sealed class EarlyAnswersTests
{
    private static readonly string Earlier = Path.Combine(Places.Repository, "tests", "Tool.Tests", "Earlier", "every-kind");

    private const string Evaluated = """
        name: evaluated
        defaults:
          dataset: { id: shapes }
          model: { id: small-conv, width: 4 }
          training: { epochs: 2, batch-size: 50 }
        matrix: { method: [ erm ], seed: [1, 2] }
        evaluate: [ pgd ]
        """;

    [TestMethod]
    public async Task Two_equals_signs_are_one_and_a_value_of_another_case_is_named()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var one = await workshop.Sat("runs", "list", "--in", "out", "--where", "method.id=byol");
        var two = await workshop.Sat("runs", "list", "--in", "out", "--where", "method.id==byol");
        Assert.AreEqual((ExitCode.Fine, one.Out), (two.ExitCode, two.Out));
        Assert.Contains("byol", one.Out);
        Told.InOneSentence(
            await workshop.Sat("runs", "list", "--in", "out", "--where", "method.id=BYOL"),
            ExitCode.Planning,
            "no run here has the method.id 'BYOL': it is written 'byol'"
        );
    }

    [TestMethod]
    public async Task A_sweep_says_that_runs_of_the_plan_before_leave_the_report()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        var first = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        Assert.DoesNotContain("had before", first.Error);
        var second = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--set", "seed=2");
        Assert.Contains("1 run of the plan that", second.Error);
        Assert.Contains("it stays, but the report leaves it out", second.Error.ReplaceLineEndings(" "));
    }

    [TestMethod]
    public async Task Evaluations_are_no_training_and_their_time_is_not_made_up()
    {
        using var workshop = new Workshop();
        await File.WriteAllTextAsync(Path.Combine(workshop.Folder, "study.yaml"), Evaluated);
        var plan = await workshop.Sat("plan", "study.yaml", "--no-calibrate");
        Assert.Contains("4 runs, 0 done, 4 to do", plan.Out);
        Assert.Contains("How long 2 runs take to train is unknown", plan.Out.ReplaceLineEndings(" "));
        Assert.DoesNotContain("of training for", plan.Out);
    }

    [TestMethod]
    public async Task A_precision_that_only_cards_have_is_refused_before_a_folder_is_made()
    {
        using var workshop = new Workshop();
        Told.InOneSentence(
            await workshop.Sat(
                "run",
                "--dataset",
                "shapes",
                "--model",
                "small-conv",
                "--method",
                "erm",
                "--precision",
                "tf32",
                "--device",
                "cpu"
            ),
            ExitCode.Environment,
            "precision tf32 exists only on graphics cards"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task Own_published_values_of_what_nobody_has_are_a_warning_and_impossible_ones_an_error()
    {
        using var workshop = new Workshop();
        async Task<string> Plan(string method, string value)
        {
            await File.WriteAllTextAsync(Path.Combine(workshop.Folder, "study.yaml"), Evaluated + "\nbaselines: [own.yaml]\n");
            await File.WriteAllTextAsync(
                Path.Combine(workshop.Folder, "own.yaml"),
                $$"""
                schema: 1
                name: own
                title: Own
                summary: Own
                sources: { us: { title: Us, kind: primary } }
                protocols: { one: { dataset: { id: shapes }, noise: { id: none }, method: { id: {{method}} } } }
                results:
                  - experiment: e
                    method: M
                    role: paper
                    metric: test-accuracy
                    source: us
                    protocol: one
                    values: [ { value: {{value}} } ]
                """
            );
            return (await workshop.Sat("plan", "study.yaml", "--no-calibrate")).Error.ReplaceLineEndings(" ");
        }

        Assert.DoesNotContain("published values", await Plan("erm", "90"));
        Assert.Contains("'ermm', which is not installed, so no run is compared with them. Did you mean 'erm'?", await Plan("ermm", "90"));
        Assert.Contains("'value' is a percentage, from 0 to 100", await Plan("erm", "900"));
    }
}
