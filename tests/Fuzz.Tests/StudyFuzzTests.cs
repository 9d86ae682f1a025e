using System.Text;
using Sat.Records;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Sweeps.Planning;
using Sat.Yaml;

namespace Sat.Fuzz.Tests;

[TestClass]
public sealed class StudyFuzzTests
{
    private static readonly byte[] Study = Encoding.UTF8.GetBytes(
        """
        name: fuzzed
        description: >-
          A study with a little of everything.
        defaults: &common
          dataset: { id: shapes, train-samples: 64, test-samples: 32 }
          model: { id: small-conv, width: 4 }
          training: { epochs: 2, batch-size: 32, optimizer: { id: sgd, lr: 0.1, momentum: 0.9, weight-decay: 5e-4 }, schedule: { id: step, milestones: [1, 2] } }
        preset: dry
        matrix:
          method: [ { id: erm }, { id: sat, alpha: [0.7, 0.9], start-epoch: 1 } ]
          noise:
            - { id: none }
            - { id: symmetric, rate: [0.2, 0.4] }
          seed: [1, 2, 3]
        exclude: [ { method: { id: erm }, noise: { rate: 0.4 } } ]
        include: [ { method: { id: sat, alpha: 0.5, start-epoch: 0 }, noise: none, seed: 7 } ]
        baselines: [label-noise]
        expect:
          - metric: test-accuracy
            where: { method.id: sat, noise.rate: 0.4 }
            above: { method.id: erm }
            because: it is what the paper is about
        """
    );

    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_study_is_planned_or_refused_in_sentences()
    {
        var refused = Fuzzing.Each(Study, (bytes, _) =>
            Planner.Plan(
                Sat.Sweeps.Studies.Study.Parse(Encoding.UTF8.GetString(bytes), "study.yaml"),
                Fuzzing.Host.Catalog,
                new PlanOptions { DataRoot = "/nowhere", Tool = "test" }
            )
        );
        Assert.IsGreaterThan(Fuzzing.InProcess / 3, refused, "most damage is to be noticed");
    }

    /// <summary>What needs no data to be known is not left to the worker.</summary>
    [TestMethod]
    [DataRow("model/wrn", "depth", "29")]
    [DataRow("dataset/stl10", "size", "50")]
    [DataRow("dataset/imagenet", "size", "66")]
    [DataRow("dataset/imagenet", "size", "512")]
    [DataRow("dataset/imagenet", "resize", "200")]
    [DataRow("dataset/imagenet", "classes", "[]")]
    [DataRow("evaluation/linear-eval", "learning-rates", "[]")]
    [DataRow("evaluation/selective", "coverages", "[]")]
    [DataRow("noise/asymmetric", "map", "[]")]
    public void Options_that_no_run_can_have_are_refused_by_planning(string component, string option, string value)
    {
        var given = new MapSetting([new MapEntry(option, YamlReader.ReadValue(value, "test"))]);
        var problems = new List<Problem>();
        OptionBinder.Bind(component, Fuzzing.Host.Catalog.Named(component).Schema.Options, given, problems);
        Assert.HasCount(1, problems);
    }

    [TestMethod]
    [Timeout(300_000)]
    public void The_tool_refuses_a_damaged_study_with_its_place_and_leaves_finished_runs_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("whole.yaml", Study);
        Assert.AreEqual(ExitCode.Fine, Fuzzing.Sat(folder, "whole", "plan", "whole.yaml").ExitCode);
        var refused = 0;
        for (var seed = 0; seed < Fuzzing.ThroughTool; seed++)
        {
            folder.Write("study.yaml", Mutation.Of(Study, new Random(1000 + seed)));
            var (code, _, error) = Fuzzing.Sat(folder, $"seed {1000 + seed}", "plan", "study.yaml");
            if (code == ExitCode.Fine)
                continue;
            refused++;
            Assert.AreEqual(ExitCode.Planning, code, error);
            Assert.IsTrue(
                error
                    .Split('\n')
                    .Any(l =>
                        l.StartsWith("error: study.yaml", StringComparison.Ordinal) || l.StartsWith("error: ", StringComparison.Ordinal)
                    ),
                error
            );
        }
        Assert.IsGreaterThan(5, refused);
    }
}
