using System.IO.Compression;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Studies that train runs and evaluate them, through the real tool.</summary>
[TestClass]
public sealed class EvaluationRunTests
{
    private const string Head = """
        name: tiny
        defaults:
          dataset: { id: shapes, train-samples: 96, test-samples: 32 }
          model: { id: small-conv, width: 4 }
          method: { id: byol, projector-hidden: 16, predictor-hidden: 16, projection-dimension: 8 }
          training: { epochs: 2, batch-size: 32, optimizer: { id: sgd, lr: 0.05 }, augmentation: { id: byol-views, blur: 0 } }

        """;

    [TestMethod]
    public async Task One_study_trains_its_runs_and_evaluates_each()
    {
        using var workshop = new Workshop();
        workshop.Write(
            "tiny.yaml",
            Head
                + """
                matrix:
                  method: [ { id: byol }, { id: untrained }, { id: erm } ]
                  seed: [1, 2]
                evaluate:
                  - { id: knn, k: [5, 20] }
                  - { evaluation: { id: linear-eval, epochs: 3, batch-size: 32 }, augmentation: crop-flip, samples: 64 }
                expect:
                  - metric: knn-top1
                    where: { method.id: byol, evaluation.id: knn, evaluation.k: 5 }
                    above: { method.id: untrained }
                """
        );

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 24 done", sweep.Error, "6 trainings, each evaluated in 3 ways");
        var plan = workshop.Plan("runs/tiny");
        var runs = plan.Runs.ToDictionary(r => r.Id, r => workshop.Run("runs/tiny", r.Id).ReadRecord()!);
        foreach (var (id, record) in runs.Where(r => r.Value.Spec.Evaluation is not null))
        {
            var parent = runs[record.Spec.Parent!];
            Assert.IsLessThan(record.Started!.Value, parent.Ended!.Value, "an evaluation waits for its run");
            Assert.AreEqual(
                parent.Spec,
                record.Spec with
                {
                    Evaluation = null,
                    EvaluateOn = null,
                    Parent = null,
                },
                "it says of itself what it evaluates"
            );
            var knn = record.Spec.Evaluation!.Id == "knn";
            Assert.AreEqual(knn ? 96 : 64, record.Data!.Train);
            Assert.IsInRange(0, 1, record.Final![knn ? "knn-top1" : "linear-top1"]);
            CollectionAssert.AreEqual(new[] { "metrics.jsonl" }, record.Outputs.Keys.ToArray());
            Assert.HasCount(1, workshop.Run("runs/tiny", id).ReadMetrics());
        }
        Assert.HasCount(
            plan.Runs.Count / 2,
            plan.Runs.Select(r => r.Request.Spec.CellId()).Distinct(),
            "the two seeds of a cell are one, evaluations' too"
        );
        var markdown = await File.ReadAllTextAsync(Path.ChangeExtension(sweep.LastLine, "md"));
        Assert.Contains("seed 1: ", markdown, "the expectation was held against the evaluations");
        Assert.DoesNotContain("no run to compare with", markdown);

        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.Contains("runs: 24 done before", again.Error);

        // What is lost of an evaluation is made again, the same to the bit, and nothing else is.
        var lost = workshop.Run("runs/tiny", plan.Runs[^1].Id);
        var before = await File.ReadAllBytesAsync(lost.MetricsFile);
        Directory.Delete(lost.Path, recursive: true);
        var repeated = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.Contains("runs: 1 done, 23 done before", repeated.Error);
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(lost.MetricsFile));

        var reproduced = await workshop.Sat("reproduce", lost.Path);
        Assert.AreEqual(ExitCode.Fine, reproduced.ExitCode, reproduced.Error);
        Assert.Contains("identical", reproduced.Out);
    }

    [TestMethod]
    public async Task An_evaluation_of_a_run_that_failed_says_so_and_is_made_once_the_run_is()
    {
        using var workshop = new Workshop();
        string Study(int samples) => Head + $"matrix: {{ training.samples: [32, {samples}] }}\nevaluate: {{ id: knn, k: 5 }}\n";
        workshop.Write("tiny.yaml", Study(99));
        // Only its worker knows how many samples a folder has.
        workshop.WritePhotos(60);
        string[] sweeping = ["sweep", "tiny.yaml", "--threads", "1", "--set", "dataset=image-folder", "--set", "dataset.path=photos"];

        var sweep = await workshop.Sat([.. sweeping, "--jobs", "2"]);

        var failed = workshop.Plan("runs/tiny").Runs[1].Id[..RunFolder.NameLength];
        Told.AsFailedRuns(
            sweep,
            ExitCode.Planning,
            ["byol samples=99: failed: training.samples is 99, but image-folder has 96"],
            ["knn of byol samples=99: failed: the run that it evaluates,", failed, "failed: training.samples is 99"]
        );
        Assert.Contains("runs: 2 done, 2 failed", sweep.Error, "the other run and its evaluation are as they should be");

        workshop.Write("tiny.yaml", Study(64));
        var mended = await workshop.Sat(sweeping);
        Assert.AreEqual(ExitCode.Fine, mended.ExitCode, mended.Error);
        Assert.Contains("runs: 2 done, 2 done before", mended.Error);
    }

    [TestMethod]
    public async Task An_evaluation_that_is_stopped_is_made_when_the_sweep_is_taken_up_again()
    {
        using var workshop = new Workshop();
        workshop.Write("tiny.yaml", Head + "evaluate: { id: linear-eval, epochs: 20000, batch-size: 32 }\n");
        using (var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1"))
        {
            var outcome = Workshop.End(sweep);
            await Wait.Until(() =>
                sweep.HasExited
                || (
                    File.Exists(Path.Combine(workshop.Folder, "runs/tiny/plan.json"))
                    && Began(workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[1].Id))
                )
            );
            Workers.Signal(sweep, "TERM");
            var ended = await outcome;
            Assert.AreEqual(ExitCode.Terminated, ended.ExitCode, ended.Error);
            Assert.Contains("runs: 1 done, 1 interrupted", ended.Error);
        }
        workshop.Write(
            "tiny.yaml",
            Head + "evaluate: [ { id: linear-eval, epochs: 20000, batch-size: 32 }, { id: linear-eval, epochs: 2, batch-size: 32 } ]\n"
        );
        Assert.Contains("interrupted", (await workshop.Sat("plan", "tiny.yaml")).Out);
        workshop.Write("tiny.yaml", Head + "evaluate: { id: linear-eval, epochs: 2, batch-size: 32 }\n");
        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.Contains("runs: 1 done, 1 done before", again.Error);

        static bool Began(RunFolder run) =>
            File.Exists(run.EventsFile) && File.ReadAllText(run.EventsFile).Contains("progress", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_run_made_before_can_be_named_and_is_told_of_when_it_cannot_be_evaluated()
    {
        using var workshop = new Workshop();
        workshop.Write("tiny.yaml", Head + "evaluate: { id: knn, k: 5 }\n");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1")).ExitCode);
        var (run, evaluation) = (
            workshop.Plan("runs/tiny").Runs[0].Id[..RunFolder.NameLength],
            workshop.Plan("runs/tiny").Runs[1].Id[..RunFolder.NameLength]
        );
        var folder = Path.Combine(workshop.Folder, "runs/tiny", run);
        void Later(string rest) =>
            workshop.Write("later.yaml", $"name: later\nevaluate:\n  - {{ evaluation: {{ id: knn, k: 7 }}, {rest} }}\n");

        Later($"of: runs/tiny/{run}");
        var later = await workshop.Sat("sweep", "later.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, later.ExitCode, later.Error);
        Assert.Contains("runs: 1 done", later.Error);
        Assert.AreEqual(workshop.Plan("runs/tiny").Runs[0].Id, workshop.Plan("runs/later").Runs[0].Request.Spec.Parent);

        Later("of: runs/tiny/ffffffffffff");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "later.yaml:3: there is no run at",
            "ffffffffffff",
            "run.json"
        );
        Later("of: runs/tiny");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "runs/tiny is no run but holds",
            "Name one of them"
        );
        Later($"of: runs/tiny/{evaluation}");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "later.yaml:3: ",
            $"the run {evaluation} is an evaluation itself",
            run
        );
        Later($"of: runs/tiny/{run}, epochs: 3");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "later.yaml:3: an evaluation has no setting 'epochs'"
        );
        workshop.Write("later.yaml", "name: later\nevaluate: [ knm ]\n");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "later.yaml:2: unknown evaluation 'knm'. Did you mean 'knn'?"
        );
        workshop.Write("later.yaml", "name: later\nevaluate: [ { k: 5 } ]\n");
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            "later.yaml:2: 'evaluate' takes a list of evaluations"
        );

        // Images of another size: known when the data are opened, so it fails that run alone.
        using (var archive = ZipFile.Open(Path.Combine(workshop.Folder, "small.npz"), ZipArchiveMode.Create))
        {
            foreach (var part in new[] { "train", "test" })
            {
                Add(archive, $"x_{part}", s => Npy.Write<byte>(s, new byte[20 * 16 * 16 * 3], 20, 16, 16, 3));
                Add(archive, $"y_{part}", s => Npy.Write<long>(s, [.. Enumerable.Range(0, 20).Select(i => i % 2L)], 20));
            }
        }
        Later($"of: runs/tiny/{run}, dataset: {{ id: npz, path: small.npz }}");
        Told.AsFailedRuns(
            await workshop.Sat("sweep", "later.yaml", "--threads", "1"),
            ExitCode.Planning,
            [
                $"the run {run} was trained on images of 32x32 pixels with 3 channels, but dataset 'npz' has images of 16x16 pixels with 3 channels",
            ]
        );

        // Other weights than the run left.
        Later($"of: runs/tiny/{run}, samples: 50");
        var weights = Path.Combine(folder, "weights.safetensors");
        var bytes = await File.ReadAllBytesAsync(weights);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(weights, bytes);
        Told.AsFailedRuns(
            await workshop.Sat("sweep", "later.yaml", "--threads", "1"),
            ExitCode.Environment,
            ["weights.safetensors is not the file that the run left"]
        );
        File.Delete(weights);
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            $"the run {run}, which is to be evaluated, has no weights.safetensors"
        );

        await File.WriteAllBytesAsync(weights, bytes);
        var evaluated = new RunFolder(folder);
        File.Move(evaluated.MetricsFile, evaluated.MetricsFile + ".away");
        var damaged = await workshop.Sat("plan", "later.yaml");
        Assert.AreEqual(ExitCode.Environment, damaged.ExitCode, "what is damaged is not measured");
        Assert.Contains("metrics.jsonl", damaged.Error);
        File.Move(evaluated.MetricsFile + ".away", evaluated.MetricsFile);
        evaluated.WriteRecord(evaluated.ReadRecord()! with { Status = RunStatus.Failed, Error = "the disk was full" });
        Told.InOneSentence(
            await workshop.Sat("plan", "later.yaml"),
            ExitCode.Planning,
            $"later.yaml:3: the run {run}, which is to be evaluated, failed: the disk was full",
            "An evaluation needs a run that is done"
        );
    }

    [TestMethod]
    public async Task A_probe_measures_while_training_at_its_interval_and_a_collapse_is_named()
    {
        using var workshop = new Workshop();
        workshop.Write(
            "tiny.yaml",
            Head
                + """
                matrix:
                  method:
                    - { id: byol }
                    - { id: byol, predictor: false, momentum: 0, momentum-schedule: constant }
                  training:
                    - { epochs: 12, samples: 64, optimizer: { id: sgd, lr: 0.3, weight-decay: 0 }, probe: { id: knn, k: 5 }, probe-every: 5 }
                """
        );
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        RunFolder[] runs = [.. workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id))];
        foreach (var run in runs)
        {
            var rows = run.ReadMetrics();
            CollectionAssert.AreEqual(Enumerable.Range(1, 12).ToArray(), rows.Select(r => r.Epoch).ToArray());
            Assert.IsTrue(
                rows.All(r => r.Values.ContainsKey("projection-std") && r.Values.ContainsKey("collapsed")),
                "collapse is watched in every epoch"
            );
            CollectionAssert.AreEqual(
                new[] { 5, 10, 12 },
                rows.Where(r => r.Values.ContainsKey("knn-top1")).Select(r => r.Epoch).ToArray()
            );
        }
        Assert.AreEqual(0, runs[0].ReadRecord()!.Final!["collapsed"]);
        Assert.AreEqual(1, runs[1].ReadRecord()!.Final!["collapsed"], File.ReadAllText(runs[1].MetricsFile));
        Assert.Contains("knn-top1 ", sweep.Error, "and told of");

        // Looking on changes nothing: without the probe, all but its own metrics are the same.
        workshop.Write(
            "tiny.yaml",
            Head + "matrix: { training: [ { epochs: 12, samples: 64, optimizer: { id: sgd, lr: 0.3, weight-decay: 0 } } ] }\n"
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "unprobed")).ExitCode);
        var unprobed = workshop.Run("unprobed", workshop.Plan("unprobed").Runs[0].Id);
        Assert.AreEqual(runs[0].ReadRecord()!.Outputs["weights.safetensors"], unprobed.ReadRecord()!.Outputs["weights.safetensors"]);

        workshop.Write("tiny.yaml", Head + "matrix: { training.probe-every: [2] }\n");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Planning,
            "training.probe-every has no effect without training.probe",
            "training.probe: knn"
        );
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        using var stream = archive.CreateEntry(name + ".npy").Open();
        using var memory = new MemoryStream();
        write(memory);
        stream.Write(memory.ToArray());
    }
}
