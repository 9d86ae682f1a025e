using Sat.Records;
using Sat.Records.Arrays;

namespace Sat.Tool.Tests;

/// <summary>Classifiers that may abstain, from training to the error at a coverage.</summary>
[TestClass]
public sealed class SelectiveTests
{
    [TestMethod]
    public async Task Methods_that_may_abstain_train_and_err_less_on_what_they_cover()
    {
        using var workshop = new Workshop();
        workshop.Write(
            "tiny.yaml",
            """
            name: tiny
            defaults:
              dataset: { id: shapes, train-samples: 600, test-samples: 300 }
              model: { id: small-conv, width: 4 }
              training: { epochs: 4, batch-size: 16, optimizer: { id: sgd, lr: 0.05 }, augmentation: none }
            matrix:
              method: [ erm, sat-selective, { id: deep-gamblers, reward: 6, start-epoch: 2 }, { id: selectivenet, selection-hidden: 16 } ]
            evaluate:
              - selective
            """
        );

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        var runs = workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id)).ToArray();
        var evaluations = runs.Where(r => r.ReadRecord()!.Spec.Evaluation is not null).ToArray();
        Assert.HasCount(4, evaluations);
        foreach (var evaluation in evaluations)
        {
            var (record, method) = (evaluation.ReadRecord()!, evaluation.ReadRecord()!.Spec.Method.Id);
            var parent = runs.Single(r => r.ReadRecord()!.Id == record.Spec.Parent);
            var final = record.Final!;
            Assert.AreEqual(1 - parent.ReadRecord()!.Final!["test-accuracy"], final["selective-error-100"], 1e-9, method);
            Assert.IsInRange(0.02, 0.7, final["selective-error-100"], $"{method} is to learn something, and not all");
            Assert.IsLessThan(final["selective-error-100"], final["selective-error-80"], method);
            Assert.IsLessThan(final["selective-error-100"] * 1000, final["aurc"], method);
            Assert.IsTrue(record.Outputs.ContainsKey("evaluation-risk-coverage.json"), method);
            Assert.AreEqual(method != "erm", File.Exists(parent.TestOutputsFile), method);
            using var logits = File.OpenRead(method == "erm" ? parent.TestLogitsFile : parent.TestOutputsFile);
            Assert.AreEqual(record.Data!.Classes.Count + (method == "erm" ? 0 : 1), Npy.Read(logits).Shape[1], method);
        }

        // Where the outputs are not there any more, they are computed.
        var abstaining = runs.Single(r => r.ReadRecord()!.Spec is { Evaluation: null, Method.Id: "sat-selective" });
        workshop.Write(
            "later.yaml",
            $$"""
            name: later
            evaluate:
              - { evaluation: selective, of: runs/tiny/{{abstaining.Name}} }
            """
        );
        var before = evaluations.Single(e => e.ReadRecord()!.Spec.Method.Id == "sat-selective");
        File.Delete(abstaining.TestOutputsFile);
        var later = await workshop.Sat("sweep", "later.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, later.ExitCode, later.Error);
        var again = workshop.Run("runs/later", workshop.Plan("runs/later").Runs[0].Id).ReadRecord()!;
        Assert.AreEqual(before.ReadRecord()!.Final!["selective-error-80"], again.Final!["selective-error-80"], 1e-9);
        Assert.AreEqual(before.ReadRecord()!.Final!["aurc"], again.Final!["aurc"], 0.1);

        workshop.Write(
            "wrong.yaml",
            $$"""
            name: wrong
            evaluate:
              - { evaluation: { id: selective, coverages: [0] }, of: runs/tiny/{{abstaining.Name}} }
            """
        );
        Told.InOneSentence(await workshop.Sat("plan", "wrong.yaml"), ExitCode.Planning, "wrong.yaml:3", "coverages", "0");
        workshop.Write(
            "wrong.yaml",
            $$"""
            name: wrong
            evaluate:
              - { evaluation: { id: selective, score: mc-dropout }, of: runs/tiny/{{abstaining.Name}} }
            """
        );
        Told.AsFailedRuns(await workshop.Sat("sweep", "wrong.yaml", "--threads", "1"), ExitCode.Planning, ["no dropout layer"]);
    }
}
