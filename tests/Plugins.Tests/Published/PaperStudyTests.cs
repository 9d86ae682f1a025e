using System.Text.Json.Nodes;
using Sat.Records.Protocols;
using Sat.Records.Runs;
using Sat.Reports.Comparison;
using Sat.Reports.Published;

namespace Sat.Published.Tests;

/// <summary>The studies of tables and figures that the tool carries.</summary>
[TestClass]
public sealed class PaperStudyTests
{
    [TestMethod]
    [DataRow("label-noise", 21)]
    [DataRow("double-descent-width", 145)]
    [DataRow("double-descent-epoch", 71)]
    [DataRow("selective-classification", 7)]
    [DataRow("selective-classification", 5, "svhn")]
    [DataRow("selective-classification", 5, "dogs-vs-cats")]
    [DataRow("adversarial", 68)]
    public void A_full_study_is_judged_by_value_wherever_the_authors_published_one(string name, int values, string? dataset = null)
    {
        var exact = 0;
        foreach (var (value, run) in Compared(name, dataset))
        {
            Assert.IsEmpty(
                Different(value.Protocol, run).Select(f => $"{f.Field}: {f.Published} published, {f.Run} here"),
                $"{value.Method}, {value.Metric} {value.Value}"
            );
            exact++;
        }
        Assert.AreEqual(values, exact);
    }

    [TestMethod]
    [DataRow("label-noise")]
    [DataRow("double-descent-width")]
    [DataRow("double-descent-epoch")]
    public void Any_field_of_the_protocol_that_the_source_states_decides_the_judgement(string name)
    {
        var (value, run) = Compared(name).First(c => c.Value.Protocol.TrainingSamples is not null);
        var fields = typeof(Protocol).GetProperties().Where(p => p.CanWrite && p.GetValue(value.Protocol) is not null).ToArray();
        Assert.IsGreaterThan(8, fields.Length);
        foreach (var field in fields)
        {
            var other = run with { };
            field.SetValue(
                other,
                field.GetValue(run) switch
                {
                    ProtocolComponent component => new ProtocolComponent(component.Id + "x", new JsonObject()),
                    string text => text + "x",
                    bool flag => !flag,
                    int number => number + 1,
                    long number => number + 1,
                    var unexpected => throw new NotSupportedException($"{field.Name}: {unexpected}"),
                }
            );
            Assert.IsNotEmpty(Different(value.Protocol, other), field.Name);
        }
    }

    [TestMethod]
    public void Each_study_has_a_small_one_that_plans_and_expects_something()
    {
        foreach (var name in PaperPlans.Names)
        {
            var (full, small) = (PaperPlans.Plan(name, "full"), PaperPlans.Plan(name, "small"));
            Assert.AreEqual((name, $"paper-{name}", $"paper-{name}-small"), (name, full.Name, small.Name));
            Assert.IsNotEmpty(full.Expectations, name);
            Assert.IsNotEmpty(small.Expectations, name);
            CollectionAssert.AreEqual(full.Baselines.ToArray(), small.Baselines.ToArray(), name);
            Assert.IsLessThanOrEqualTo(
                full.Runs.Max(r => r.Request.Spec.Training.Epochs),
                small.Runs.Max(r => r.Request.Spec.Training.Epochs),
                name
            );
        }
    }

    /// <summary>Each value of the authors beside the first seed of the run that it is about.</summary>
    private static IEnumerable<(PublishedValue Value, Protocol Run)> Compared(string name, string? dataset = null)
    {
        var plan = PaperPlans.Plan(name, "full", dataset);
        // Which version the data are, only the data can tell.
        Protocol[] runs =
        [
            .. plan
                .Runs.Select(r => r.Request.Spec)
                .Where(s => s.Seed == 1 && s.Evaluation is null)
                .Select(s => Protocol.From(s, Counts(s)) with { DataVariant = "published" }),
        ];
        foreach (var value in plan.Baselines.SelectMany(b => BaselineLibrary.Read(b).Values).Where(v => v.Role == BaselineRole.Paper))
        {
            // The evaluation of coverages measures the part of the test set that the source did.
            if (runs.FirstOrDefault(r => IsAbout(value.Protocol, r)) is { } run)
                yield return (value, value.When.ContainsKey("coverage") ? run with { EvaluationSet = "part-of-test" } : run);
        }
    }

    private static bool IsAbout(Protocol published, Protocol run) =>
        published is { Dataset: not null, Method: not null, Noise: not null, Model: not null }
        && ProtocolComparer
            .Compare(
                new Protocol
                {
                    Dataset = published.Dataset,
                    Method = new ProtocolComponent(published.Method.Id),
                    Noise = published.Noise,
                    Model = published.Model,
                },
                run
            )
            .All(f => f.State != FieldState.Different);

    private static RunData Counts(Records.Specs.RunSpec spec) =>
        new()
        {
            Classes = [],
            ImageShape = [3, 32, 32],
            Train = 50_000 - spec.Training.Validation,
            Validation = spec.Training.Validation,
            Test = 10_000,
        };

    private static FieldComparison[] Different(Protocol published, Protocol run) =>
        [.. ProtocolComparer.Compare(published, run).Where(f => f.State == FieldState.Different)];
}
