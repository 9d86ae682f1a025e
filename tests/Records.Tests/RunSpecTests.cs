using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Protocols;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Records.Tests;

[TestClass]
public class RunSpecTests
{
    private const string Canonical =
        """{"dataset":{"files":{"a.bin":"0000000000000000000000000000000000000000000000000000000000000000"},"id":"pebbles","options":{},"revision":1,"variant":"published"},"deterministic":false,"method":{"id":"adaptive","options":{"alpha":0.9,"start-epoch":60},"revision":1},"model":{"id":"net","options":{"width":64},"revision":1},"noise":{"id":"blur","options":{"rate":0.4,"redraw":"all-classes"},"revision":1},"precision":"fp32","schema":1,"seed":1,"training":{"augmentation":{"id":"shift","options":{},"revision":1},"batch-size":256,"epochs":200,"evaluate-every":1,"optimizer":{"id":"descent","options":{"lr":0.1},"revision":1},"samples":0,"schedule":{"id":"bend","options":{"milestones":[40,80]},"revision":1},"validation":0}}""";

    /// <summary>The hash is sha256sum's of the text: ids must not change from version to version.</summary>
    [TestMethod]
    public void The_id_is_what_it_always_was()
    {
        Assert.AreEqual(Canonical, Specs.Sat.Canonical());
        Assert.AreEqual("4142c4dbd987521daede44e72c6dd43c57bc8e20aa47bf42c1dcf6ebd0d34551", Specs.Sat.Id());
        Assert.AreEqual(
            "4142c4dbd987521daede44e72c6dd43c57bc8e20aa47bf42c1dcf6ebd0d34551"[..RunFolder.NameLength],
            RunFolder.For("/runs", Specs.Sat.Id()).Name
        );
    }

    /// <summary>It is put together of pieces; the writer of whole trees says what must come of it.</summary>
    [TestMethod]
    public void The_canonical_text_is_that_of_the_whole_tree()
    {
        var odd = Specs.Sat with
        {
            Precision = "\"\\<é\u007f\u2028>",
            Parent = "\n",
            Evaluation = Specs.Component("probe", """{"z":"é\u2028","a":[1e21,-0.0]}"""),
            EvaluateOn = new() { Dataset = Specs.Component("é", "{}") },
        };
        foreach (var spec in Others(Specs.Sat).Select(o => o.Value).Concat(Others(odd).Select(o => o.Value)).Append(odd))
            Assert.AreEqual(CanonicalJson.Write(SatJson.ToNode(spec)), spec.Canonical());
    }

    [TestMethod]
    public void Every_property_decides_the_id() => AssertEveryPropertyDecides(Specs.Sat, spec => spec);

    [TestMethod]
    public void Every_property_of_training_decides_the_id() =>
        AssertEveryPropertyDecides(Specs.Sat.Training, training => Specs.Sat with { Training = training });

    [TestMethod]
    public void Every_property_of_what_an_evaluation_is_made_on_decides_the_id() =>
        AssertEveryPropertyDecides(new EvaluationInputs(), inputs => Specs.Sat with { EvaluateOn = inputs });

    [TestMethod]
    public void Every_property_of_a_component_decides_the_id() =>
        AssertEveryPropertyDecides(Specs.Sat.Method, method => Specs.Sat with { Method = method });

    [TestMethod]
    public void A_cell_is_all_but_the_seed()
    {
        Assert.AreEqual(Specs.Sat.CellId(), (Specs.Sat with { Seed = 77, Parent = "that of the seed" }).CellId());
        foreach (var other in Others(Specs.Sat).Where(o => o.Property is not (nameof(RunSpec.Seed) or nameof(RunSpec.Parent))))
            Assert.AreNotEqual(Specs.Sat.CellId(), other.Value.CellId(), other.Property);
    }

    [TestMethod]
    public void The_spelling_of_numbers_decides_nothing()
    {
        foreach (var rate in new[] { "0.4", "0.40", "4e-1", "4.0E-01" })
            Assert.AreEqual(
                Specs.Sat.Id(),
                (Specs.Sat with { Noise = Specs.Component("blur", $$"""{"redraw":"all-classes","rate":{{rate}}}""") }).Id()
            );
    }

    [TestMethod]
    public void A_specification_reads_back_equal()
    {
        var read = SatJson.Read<RunSpec>(SatJson.WriteIndented(Specs.Sat));
        Assert.AreEqual(Specs.Sat.Id(), read.Id());
        Assert.AreEqual(Specs.Sat, read);
        Assert.AreEqual(Specs.Sat.GetHashCode(), read.GetHashCode());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("training")]
    [DataRow("method")]
    [DataRow("training/optimizer")]
    public void A_member_that_this_version_does_not_know_is_refused(string at)
    {
        var tree = SatJson.ToNode(Specs.Sat);
        var map = at.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(tree, (node, name) => node[name]!);
        map["label-smoothing"] = 0.1;
        Assert.Contains("label-smoothing", Assert.ThrowsExactly<JsonException>(() => SatJson.Read<RunSpec>(tree.ToJsonString())).Message);
    }

    [TestMethod]
    [DataRow("dataset")]
    [DataRow("method")]
    [DataRow("training")]
    [DataRow("seed")]
    public void A_specification_that_lacks_something_is_refused(string name)
    {
        var tree = SatJson.ToNode(Specs.Sat).AsObject();
        tree[name] = null;
        Assert.ThrowsExactly<JsonException>(() => SatJson.Read<RunSpec>(tree.ToJsonString()));
        tree.Remove(name);
        Assert.Contains(name, Assert.ThrowsExactly<JsonException>(() => SatJson.Read<RunSpec>(tree.ToJsonString())).Message);
    }

    [TestMethod]
    public void A_bare_specification_is_no_request() =>
        Assert.ThrowsExactly<JsonException>(() => SatJson.Read<RunRequest>(SatJson.Write(Specs.Sat)));

    [TestMethod]
    public void Settings_have_the_paths_that_studies_use()
    {
        var all = SpecPath.All(Specs.Sat with { Deterministic = true });
        var expected = new Dictionary<string, string>
        {
            ["dataset.id"] = "pebbles",
            ["dataset.variant"] = "published",
            ["noise.rate"] = "0.4",
            ["noise.redraw"] = "all-classes",
            ["method.id"] = "adaptive",
            ["method.start-epoch"] = "60",
            ["training.epochs"] = "200",
            ["training.batch-size"] = "256",
            ["training.optimizer.id"] = "descent",
            ["training.optimizer.lr"] = "0.1",
            ["training.schedule.milestones"] = "[40,80]",
            ["seed"] = "1",
            ["deterministic"] = "true",
        };
        foreach (var (path, value) in expected)
            Assert.AreEqual(value, all[path], path);
        Assert.IsFalse(all.ContainsKey("schema"));
        CollectionAssert.AreEqual(all.Keys.Order(StringComparer.Ordinal).ToArray(), all.Keys.ToArray());
    }

    [TestMethod]
    public void The_protocol_of_a_run_states_every_field()
    {
        var data = new RunData
        {
            Classes = ["a", "b"],
            ImageShape = [3, 8, 8],
            Train = 45000,
            Validation = 5000,
            Test = 10000,
        };
        var protocol = Protocol.From(Specs.Sat, data);
        foreach (var property in typeof(Protocol).GetProperties())
            Assert.IsNotNull(property.GetValue(protocol), property.Name);
        Assert.AreEqual("blur rate=0.4 redraw=all-classes", protocol.Noise!.ToString());
        Assert.AreEqual("descent lr=0.1", protocol.Optimizer!.ToString());
        Assert.AreEqual("bend milestones=[40,80]", protocol.Schedule!.ToString());
        Assert.AreEqual("pebbles", protocol.Dataset!.ToString());
        Assert.AreEqual("published", protocol.DataVariant);
        Assert.AreEqual(45000, protocol.TrainingSamples);
        Assert.AreEqual(5000, protocol.ValidationSamples);
        Assert.AreEqual(200, protocol.Epochs);
        Assert.AreEqual("last", protocol.Checkpoint);
        Assert.AreEqual("test", protocol.EvaluationSet);
        Assert.IsNull(Protocol.From(Specs.Sat, null).TrainingSamples);
        Assert.AreEqual(0, Protocol.From(Specs.Sat, null).ValidationSamples);
    }

    private static void AssertEveryPropertyDecides<T>(T value, Func<T, RunSpec> within)
        where T : class
    {
        var ids = Others(value)
            .Select(o => (o.Property, Id: within(o.Value).Id()))
            .Append((Property: "nothing", Id: within(value).Id()))
            .ToArray();
        Assert.HasCount(1 + typeof(T).GetProperties().Count(p => p.CanWrite), ids);
        Assert.IsEmpty(ids.GroupBy(i => i.Id).Where(g => g.Count() > 1).Select(g => string.Join(" = ", g.Select(i => i.Property))));
    }

    /// <summary>The record with each of its properties changed, one at a time.</summary>
    private static IEnumerable<(string Property, T Value)> Others<T>(T value)
        where T : class
    {
        var clone = typeof(T).GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)!;
        foreach (var property in typeof(T).GetProperties().Where(p => p.CanWrite))
        {
            var copy = (T)clone.Invoke(value, null)!;
            property.SetValue(copy, Other(property.PropertyType, property.GetValue(value)));
            yield return (property.Name, copy);
        }
    }

    private static object Other(Type type, object? value) =>
        value switch
        {
            int number => number + 1,
            long number => number + 1,
            bool flag => !flag,
            string text => text + "x",
            ComponentSpec component => component with { Id = component.Id + "x" },
            TrainingSpec training => training with { Epochs = training.Epochs + 1 },
            JsonObject => new JsonObject { ["other"] = 1 },
            IReadOnlyDictionary<string, string> => new Dictionary<string, string>(),
            null when type == typeof(string) => "x",
            EvaluationInputs inputs => inputs with { Samples = (inputs.Samples ?? 0) + 1 },
            null when type == typeof(ComponentSpec) => new ComponentSpec { Id = "x" },
            null when type == typeof(EvaluationInputs) => new EvaluationInputs { Augmentation = new ComponentSpec { Id = "x" } },
            null when type == typeof(int?) => 7,
            null when type == typeof(bool?) => true,
            null when type == typeof(double?) => 1.5,
            null when type == typeof(int[]) => new[] { 3 },
            null when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["f"] = "0" },
            null when type == typeof(IReadOnlyDictionary<string, FileList>) => new Dictionary<string, FileList>
            {
                ["path"] = new FileList(33, "0"),
            },
            _ => throw new NotSupportedException($"a property of type {type}: say here how to change it"),
        };
}
