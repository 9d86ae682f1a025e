using System.Text.RegularExpressions;
using Json.Schema;
using Sat.Records;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Schemas;

namespace Sat.Fuzz.Tests;

[TestClass]
public sealed partial class StudySchemaTests
{
    private const string Whole = """
        name: whole
        description: A study with a little of everything.
        plugins: [ sat.shapes ]
        preset: dry
        defaults:
          dataset: { id: shapes, train-samples: 64, test-samples: 32 }
          model: { id: small-conv, width: 4 }
          training: { epochs: 2, batch-size: 32, optimizer: { id: sgd, lr: 0.1, momentum: 0.9, weight-decay: 5e-4 }, schedule: { id: step, milestones: [1, 2] } }
          training.evaluate-every: 1
          deterministic: false
        matrix:
          method: [ { id: erm }, { id: sat, alpha: [0.7, 0.9], start-epoch: 50% } ]
          noise:
            - none
            - { id: symmetric, rate: [0.2, 0.4] }
          training.augmentation: [none, crop-flip]
          seed: [1, 2, 3]
        exclude: [ { method.id: erm, noise.rate: 0.4 } ]
        include: [ { method: { id: sat, alpha: 0.5, start-epoch: 0 }, noise: none, seed: 7 } ]
        evaluate: [ knn, { evaluation: { id: linear-eval, epochs: 2 }, augmentation: crop-flip } ]
        baselines: [label-noise]
        margin: 0.5
        expect:
          - metric: test-accuracy
            where: { method.id: sat, noise.rate: 0.4 }
            above: { method.id: erm }
            because: it is what the paper is about
          - { metric: test-accuracy, at-least: 0.1 }
        allow-no-effect: true
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(StudyJsonSchema.For(Fuzzing.Host.Catalog).ToJsonString());

    public static IEnumerable<object[]> Files =>
        Directory
            .EnumerateFiles(Path.Combine(Places.Repository, "studies"), "*.yaml", SearchOption.AllDirectories)
            .Concat(
                Directory.EnumerateFiles(
                    Path.Combine(Places.Repository, "dotnet-sat", "Packages", "Templates", "content", "sat-study"),
                    "*study.yaml"
                )
            )
            .Append(Path.Combine(Places.Repository, "docs", "images", "report.yaml"))
            .Select(f => new object[] { Path.GetRelativePath(Places.Repository, f) });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Every_study_that_the_project_ships_fits(string file)
    {
        var text = File.ReadAllText(Path.Combine(Places.Repository, file)).Replace("name: NAME", "name: name", StringComparison.Ordinal);
        Assert.AreEqual("", Reasons(text));
    }

    [TestMethod]
    public void A_study_with_everything_fits_and_can_be_planned()
    {
        Assert.AreEqual("", Reasons(Whole));
        Assert.IsTrue(IsPlanned(Whole));
    }

    [TestMethod]
    [DataRow("margin: 0.5", "margn: 0.5")]
    [DataRow("margin: 0.5", "margin: 100")]
    [DataRow("name: whole", "name: My Study")]
    [DataRow("name: whole\n", "")]
    [DataRow("preset: dry", "preset: dri")]
    [DataRow("id: shapes", "id: shaeps")]
    [DataRow("train-samples: 64", "trainsamples: 64")]
    [DataRow("train-samples: 64", "train-samples: many")]
    [DataRow("train-samples: 64", "train-samples: -1")]
    [DataRow("rate: [0.2, 0.4]", "rate: [0.2, 1.4]")]
    [DataRow("alpha: 0.5", "alpha: { a: 1 }")]
    [DataRow("alpha: [0.7, 0.9]", "rate: [0.7, 0.9]")]
    [DataRow("start-epoch: 50%", "start-epoch: half")]
    [DataRow("lr: 0.1", "lr: 30%")]
    [DataRow("training.evaluate-every: 1", "training.evaluate-evry: 1")]
    [DataRow("[none, crop-flip]", "[none, crop-flop]")]
    [DataRow("milestones: [1, 2]", "milestones: [1, x]")]
    [DataRow("deterministic: false", "deterministic: no")]
    [DataRow("seed: [1, 2, 3]", "seed: [1, 2, x]")]
    [DataRow("noise.rate: 0.4 } ]", "noise.rat: 0.4 } ]")]
    [DataRow("at-least: 0.1", "at-leest: 0.1")]
    [DataRow("[ knn,", "[ knnn,")]
    [DataRow("epochs: 2 }, augmentation", "epochs: 0.5 }, augmentation")]
    public void A_slip_is_refused_by_the_schema_and_by_planning(string right, string wrong)
    {
        Assert.Contains(right, Whole);
        var text = Whole.Replace(right, wrong, StringComparison.Ordinal);
        Assert.AreNotEqual("", Reasons(text), "the schema");
        Assert.IsFalse(IsPlanned(text), "the tool");
    }

    /// <summary>An editor must not underline what works. A value that a preset replaces is never looked at, so there is none.</summary>
    [TestMethod]
    [Timeout(300_000)]
    public void What_the_schema_refuses_planning_refuses()
    {
        string[] scalars =
        [
            "1",
            "0",
            "-1",
            "2.5",
            "'3'",
            "1e1",
            "true",
            "False",
            "yes",
            "none",
            "sat",
            "50%",
            "[]",
            "[1, 2]",
            "[[1], 2]",
            "{}",
            "{ id: sat }",
            "",
            "\"\"",
            "~",
            "1..3",
            ".5",
            "5.",
            "knn",
        ];
        var lines = Whole.Split('\n').Where(l => !l.StartsWith("preset", StringComparison.Ordinal)).ToArray();
        var refused = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var at = random.Next(lines.Length);
            var changed = lines.ToArray();
            // One value, or one name, becomes another.
            var parts = Tokens().Matches(changed[at]);
            var part = parts[random.Next(parts.Count)];
            changed[at] = changed[at][..part.Index] + scalars[random.Next(scalars.Length)] + changed[at][(part.Index + part.Length)..];
            var text = string.Join('\n', changed);
            if (!IsYaml(text) || Reasons(text).Length == 0)
                continue;
            refused++;
            Assert.IsFalse(IsPlanned(text), $"seed {seed}: {changed[at]}\n{Reasons(text)}");
        }
        Assert.IsGreaterThan(100, refused);
    }

    [GeneratedRegex(@"[\w.%-]+", RegexOptions.None, 1000)]
    private static partial Regex Tokens();

    private static bool IsYaml(string text)
    {
        try
        {
            YamlJson.Read(text);
            return true;
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or ArgumentException)
        {
            return false;
        }
    }

    private static string Reasons(string text)
    {
        var result = Schema.Evaluate(YamlJson.Read(text), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? ""
            : string.Join(
                '\n',
                result
                    .Details.Where(d => d.Errors is not null)
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Value}"))
                    .Append("refused")
            );
    }

    private static bool IsPlanned(string text)
    {
        try
        {
            Planner.Plan(
                Sat.Sweeps.Studies.Study.Parse(text, "study.yaml"),
                Fuzzing.Host.Catalog,
                new PlanOptions { DataRoot = "/nowhere", Tool = "test" }
            );
            return true;
        }
        catch (SatException)
        {
            return false;
        }
    }
}
