using System.Text.Json.Nodes;
using Sat.Methods.Selective.Tests;
using Sat.Methods.Supervised.Tests;
using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Given = Sat.Methods.Supervised.Tests.Methods;

namespace Sat.Evaluations.Tests;

/// <summary>The evaluation as the host loads it, on methods as the host loads them.</summary>
[TestClass]
public sealed class SelectiveEvaluationTests
{
    static readonly SelectiveFixture Fixtures = Fixture.Read<SelectiveFixture>("selective");

    [TestMethod]
    [DataRow("softmax-response", "erm", "method")]
    [DataRow("softmax-response", "erm", "softmax-response")]
    [DataRow("abstention", "sat-selective", "method")]
    public void Errors_and_areas_are_those_of_the_published_code(string table, string method, string score)
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.Tables.Single(t => t.Name == table);
        var files = new Written();
        var metrics = Run(Of(expected, method) with { Files = files }, new JsonObject { ["score"] = score, ["validation"] = 200 });

        foreach (var row in expected.Bisection.Single(b => b.Part == "test").Rows)
            Assert.AreEqual((double)row.Errors / row.Covered, metrics[$"selective-error-{row.Coverage}-published"], 1e-12);
        Assert.AreEqual(expected.Aurc.Aurc * 1000, metrics["aurc"], 1e-6);
        Assert.AreEqual(expected.Aurc.ExcessAurc * 1000, metrics["e-aurc"], 1e-6);
        Assert.AreEqual(expected.Correct.Count(c => !c) / 400.0, metrics["selective-error-100"]);
        var best = expected.Scores.Zip(expected.Correct).OrderBy(s => s.First).Take(320).Count(s => !s.Second) / 320.0;
        Assert.AreEqual(best, metrics["selective-error-80"], 1e-12);
        Assert.IsTrue(metrics.ContainsKey("selective-error-80-held-out"));
        CollectionAssert.IsSubsetOf(
            metrics.Keys.ToArray(),
            TestedPlugins
                .Host.Catalog.Find(Sat.Records.Components.ComponentKind.Evaluation, "selective")!
                .Schema.Metrics!.Select(m => m.Name)
                .ToArray(),
            "all are declared"
        );

        var file = JsonNode.Parse(files.Content["risk-coverage.json"])!;
        var first = file["coverages"]![4]!;
        Assert.AreEqual(95, first["wanted"]!.GetValue<double>());
        Assert.AreEqual(metrics["selective-error-95"], first["exact"]!["error"]!.GetValue<double>());
        Assert.AreEqual(metrics["selective-error-95-held-out"], first["held-out"]!["error"]!.GetValue<double>());
        Assert.AreEqual(190, first["published-validation"]!["covered"]!.GetValue<int>());
        var curve = file["curve"]!["error"]!.AsArray();
        Assert.HasCount(400, curve);
        Assert.AreEqual(metrics["aurc"], curve.Average(e => e!.GetValue<double>()) * 1000, 1e-9);
    }

    [TestMethod]
    public void Coverages_and_the_wanted_error_are_options_and_what_cannot_be_covered_is_left_out()
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.Tables.Single(t => t.Name == "softmax-response");
        var options = new JsonObject { ["coverages"] = new JsonArray(99.3, 62.5), ["target-error"] = 10 };
        var metrics = Run(Of(expected, "erm"), options);

        // The test part has 200 samples: 99.3 % is within 0.3 points of 198 and 199 of them. Of all 400 it is 397.
        CollectionAssert.IsSubsetOf(
            new[] { "selective-error-99-3", "selective-error-62-5", "selective-error-99-3-published" },
            metrics.Keys.ToArray()
        );
        Assert.IsFalse(metrics.ContainsKey("selective-error-95"));
        var sorted = expected.Scores.Zip(expected.Correct).OrderBy(s => s.First).Select(s => !s.Second).ToArray();
        var covered = Enumerable.Range(1, 400).Last(k => sorted.Take(k).Count(w => w) <= 0.1 * k);
        Assert.AreEqual(covered / 400.0, metrics["coverage-at-error"]);

        var few = Run(Of(expected with { Logits = expected.Logits[..20], Labels = expected.Labels[..20] }, "erm"));
        Assert.IsTrue(few.ContainsKey("selective-error-95-held-out"));
        Assert.IsFalse(few.ContainsKey("selective-error-95-published"), "no number of 10 samples is within 0.3 points of 95 %");
    }

    [TestMethod]
    public void Passes_with_dropout_drop_and_leave_the_network_as_it_was()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (images, labels) = (randint(0, 255, [300, 8], ScalarType.Byte), randint(0, 4, [300], ScalarType.Int64));
        var network = new Dropping();
        var method = Given.Create("erm", labels, 4, null, () => network);
        method.Network.eval();
        var context = Context(method, images.view(300, 8, 1, 1), labels, 4, i => i.to(float32) / 255);
        var before = network.state_dict().ToDictionary(s => s.Key, s => s.Value.detach().clone());
        JsonObject Options(string measure) =>
            new()
            {
                ["score"] = "mc-dropout",
                ["passes"] = 5,
                ["dropout-measure"] = measure,
            };

        var variance = Run(context, Options("variance"));

        CollectionAssert.AreEqual(variance.Values.ToArray(), Run(context, Options("variance")).Values.ToArray(), "a seed decides");
        var other = Run(context with { CreateGenerator = _ => new Generator(77) }, Options("variance"));
        CollectionAssert.AreNotEqual(variance.Values.ToArray(), other.Values.ToArray());
        Assert.AreEqual(variance["selective-error-100"], other["selective-error-100"], "predictions are those without dropout");
        Assert.AreEqual(Run(context)["selective-error-100"], variance["selective-error-100"]);
        Assert.AreNotEqual(Run(context)["aurc"], variance["aurc"]);
        Assert.AreNotEqual(variance["aurc"], Run(context, Options("entropy"))["aurc"]);
        Assert.IsTrue(method.Network.modules().All(m => !m.training));
        foreach (var (name, value) in network.state_dict())
            Assert.IsTrue(value.equal(before[name]).all().item<bool>(), name);
    }

    [TestMethod]
    public void What_cannot_be_measured_is_refused_with_a_sentence()
    {
        using var scope = NewDisposeScope();
        var table = Fixtures.Tables.Single(t => t.Name == "softmax-response");
        void Refused(EvaluationContext context, JsonObject? options, string said)
        {
            var error = Assert.ThrowsExactly<SatException>(() => Run(context, options));
            Assert.AreEqual(ExitCode.Planning, error.ExitCode);
            Assert.Contains(said, error.Message);
        }

        Refused(Of(table, "erm"), new JsonObject { ["score"] = "mc-dropout" }, "no dropout layer");
        Refused(Of(table, "erm"), new JsonObject { ["coverages"] = new JsonArray() }, "at least one coverage");
        Refused(
            Of(
                table with
                {
                    Logits =
                    [
                        [float.NaN, 0],
                        [1, 0],
                    ],
                    Labels = [0, 1],
                    Classes = 2,
                },
                "erm"
            ),
            null,
            "not all finite"
        );
        Refused(
            Of(table, "erm") with
            {
                Dataset = new SplitDataset(10, new ResidentSplit(Table.Images(0, 1), null), new ResidentSplit(Table.Images(0, 1), null)),
            },
            null,
            "the dataset's test images have none"
        );
    }

    static IReadOnlyDictionary<string, double> Run(EvaluationContext context, JsonObject? options = null) =>
        TestedPlugins.Host.Evaluate(new ComponentSpec { Id = "selective", Options = options ?? [] }, context);

    /// <summary>A method whose outputs are a table's.</summary>
    static EvaluationContext Of(SelectiveTable table, string id)
    {
        var outputs = tensor(table.Logits.SelectMany(r => r).ToArray(), table.Logits.Length, table.Logits[0].Length);
        var labels = tensor(table.Labels.Select(y => (long)y).ToArray());
        var method = Given.Create(id, labels, table.Classes, null, () => new GivenLogits(outputs.shape[1]));
        var lookUp = new Table(outputs);
        return Context(method, Table.Images(0, table.Logits.Length), labels, table.Classes, images =>
            lookUp.forward(images).unsqueeze(2).unsqueeze(3)
        );
    }

    static EvaluationContext Context(Method method, Tensor images, Tensor labels, int classes, Func<Tensor, Tensor> prepare) =>
        new()
        {
            Backbone = ((IHasBackbone)method).Backbone,
            Method = () => method,
            Dataset = new SplitDataset(classes, new ResidentSplit(images, labels), new ResidentSplit(images, labels)),
            Prepare = prepare,
            Device = CPU,
            CreateGenerator = _ => new Generator(5),
        };

    sealed class Dropping : Backbone
    {
        readonly Sequential _layers;

        public Dropping()
            : base(nameof(Dropping))
        {
            _layers = nn.Sequential(nn.Flatten(), nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5));
            RegisterComponents();
        }

        public override long FeatureDimension => 16;

        public override Tensor forward(Tensor input) => _layers.call(input);
    }

    sealed class Written : IEvaluationFiles
    {
        public Dictionary<string, string> Content { get; } = [];

        public void Write(string name, Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            Content[name] = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }

        public void Draw(string name, Sat.Records.Figures.Figure figure) => Content[name] = figure.Title;

        public void SaveState(Action<Stream> write) => throw new NotSupportedException();

        public Stream? OpenState() => null;
    }
}
