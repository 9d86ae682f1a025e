using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Options;

namespace Sat.Analyzers.Tests;

/// <summary>From resolved options to the record, by the code that was generated.</summary>
[TestClass]
public sealed class RoundTripTests
{
    private const string All = """
        {
          "start-epoch": 7, "count": 9007199254740991, "alpha": 0.25, "nesterov": false, "note": "0.10", "redraw": "none-at-all",
          "path": "/data/labels.npy", "steps": [3], "large-steps": [9007199254740991], "factors": [1, 0.5], "names": ["b", "7"],
          "maybe-int": 1, "maybe-long": 2, "maybe-double": 0.5, "maybe-bool": false, "maybe-redraw": "all-classes",
          "maybe-ints": [4, 5], "maybe-names": [], "event": true, "derived": 8
        }
        """;

    private static readonly Type EveryKind = PluginSource.Load(Sources.EveryKind).GetType("Stranger.Methods.EveryKind")!;

    [TestMethod]
    public void A_value_of_every_kind_arrives() => Assert.AreEqual(CanonicalJson.Write(JsonNode.Parse(All)!), Written(Create(All)));

    [TestMethod]
    public void What_is_absent_has_the_records_default() =>
        Assert.AreEqual(Written(Activator.CreateInstance(EveryKind)!), Written(Create("{}")));

    [TestMethod]
    public void Numbers_need_not_be_of_the_options_own_type() =>
        Assert.AreEqual(Written(Create("""{"start-epoch": 7}""")), Written(Create(new JsonObject { ["start-epoch"] = 7L })));

    [TestMethod]
    [DataRow("start-epoch", "1.5")]
    [DataRow("start-epoch", "3000000000")]
    [DataRow("start-epoch", "null")]
    [DataRow("alpha", "\"much\"")]
    [DataRow("nesterov", "1")]
    [DataRow("note", "null")]
    [DataRow("note", "1")]
    [DataRow("redraw", "\"all\"")]
    [DataRow("redraw", "null")]
    [DataRow("redraw", "0")]
    [DataRow("maybe-redraw", "[]")]
    [DataRow("steps", "[null]")]
    [DataRow("names", "[null]")]
    [DataRow("maybe-names", "{}")]
    public void A_value_of_another_kind_is_refused_by_name(string option, string value)
    {
        var error = Assert.ThrowsExactly<JsonException>(() => Create($$"""{"{{option}}": {{value}}}"""));
        Assert.Contains($"the option '{option}' cannot be {value}", error.Message);
    }

    [TestMethod]
    [DataRow("path")]
    [DataRow("maybe-int")]
    [DataRow("maybe-double")]
    [DataRow("maybe-redraw")]
    [DataRow("maybe-names")]
    public void A_null_is_a_value_where_the_type_has_it(string option) =>
        Assert.IsFalse(JsonNode.Parse(Written(Create($$"""{"{{option}}": null}""")))!.AsObject().ContainsKey(option));

    [TestMethod]
    public void A_record_that_the_generator_has_not_seen_is_refused_with_the_remedy() =>
        Assert.Contains(
            "build Sat.Analyzers.Tests with the package Sat.Sdk",
            Assert.ThrowsExactly<InvalidOperationException>(() => OptionRecords.For<Unseen>()).Message
        );

    private sealed record Unseen
    {
        [Option("A")]
        public int A { get; init; }
    }

    private static object Create(string options) => Create(JsonNode.Parse(options)!.AsObject());

    private static object Create(JsonObject options)
    {
        try
        {
            return typeof(RoundTripTests)
                .GetMethod(nameof(CreateAs), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(EveryKind)
                .Invoke(null, [options])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static T CreateAs<T>(JsonObject options)
        where T : class => OptionRecords.For<T>().Create(options);

    private static string Written(object record) =>
        CanonicalJson.Write(JsonSerializer.SerializeToNode(record, record.GetType(), SatJson.Compact)!);
}
