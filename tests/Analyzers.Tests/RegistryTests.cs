using Sat.Hosting;
using Sat.Records.Metrics;
using Sat.Sdk;

namespace Sat.Analyzers.Tests;

/// <summary>The build refuses nothing of these that the registry would take.</summary>
[TestClass]
public sealed class RegistryTests
{
    private const string Records = """
        public sealed record WithPath
        {
            [Option("A", IsPath = true)]
            public string? Path { get; init; }
        }

        public sealed record Weighted
        {
            [Option("A")]
            public double Weights { get; init; }
        }

        """;

    [TestMethod]
    [DataRow("id")]
    [DataRow("revision")]
    [DataRow("variant")]
    [DataRow("files")]
    [DataRow("options")]
    public Task Reserved_names(string name) =>
        AssertBothRefuseAsync(
            $$"""
            public sealed record Named
            {
                [Option("A")]
                public int {{char.ToUpperInvariant(name[0])}}{{name[1..]}} { get; init; }
            }

            """,
            """registry.AddSchedule<Named>("a", "A", _ => null!);"""
        );

    [TestMethod]
    [DataRow("""registry.AddModel<Weighted>("a", "A", (_, _) => null!);""")]
    [DataRow("""registry.AddSchedule<WithPath>("a", "A", _ => null!);""")]
    [DataRow("""registry.AddSchedule<NoOptions>("A", "A", _ => null!);""")]
    [DataRow("""registry.AddSchedule<NoOptions>("a\n", "A", _ => null!);""")]
    [DataRow("""registry.AddSchedule<NoOptions>("a", "A", _ => null!); registry.AddSchedule<NoOptions>("a", "A", _ => null!);""")]
    [DataRow("""registry.AddDataset<Weighted>("a", "A", (_, _) => null!, new() { TrainingSamplesOption = "weights" });""")]
    [DataRow("""registry.AddMethod<NoOptions>("a", "A", (_, _) => null!, new() { Metrics = [new() { Name = "loss", Title = "A" }] });""")]
    [DataRow("""registry.AddMethod<NoOptions>("a", "A", (_, _) => null!, new() { Metrics = [new() { Name = "A", Title = "A" }] });""")]
    [DataRow("""registry.AddNoise<NoOptions>("a", "A", (_, _) => null!, new() { Metrics = [new() { Name = "a", Title = "A" }] });""")]
    public Task Registrations(string call) => AssertBothRefuseAsync(Records, call);

    [TestMethod]
    [DataRow(MetricSchema.LongestName)]
    [DataRow(MetricSchema.LongestName + 1)]
    public async Task Long_names_of_metrics(int length)
    {
        var call =
            $$"""registry.AddMethod<NoOptions>("a", "A", (_, _) => null!, new() { Metrics = [new() { Name = "{{new string('a', length)}}", Title = "A" }] });""";
        if (length > MetricSchema.LongestName)
            await AssertBothRefuseAsync(Records, call);
        else
            Assert.IsEmpty(await PluginSource.RefusedAsync(isPlugin: true, Plugin(Records, call)));
    }

    [TestMethod]
    public Task Names_of_metrics_that_the_engine_has() =>
        Task.WhenAll(
            MetricNames.Reserved.Select(name =>
                AssertBothRefuseAsync(
                    Records,
                    $$"""registry.AddMethod<NoOptions>("a", "A", (_, _) => null!, new() { Metrics = [new() { Name = "{{name}}", Title = "A" }] });"""
                )
            )
        );

    private static async Task AssertBothRefuseAsync(string records, string calls)
    {
        var source = Plugin(records, calls);
        Assert.HasCount(1, await PluginSource.RefusedAsync(isPlugin: true, source));
        var plugin = (IPlugin)Activator.CreateInstance(PluginSource.Load(source).GetType("Plugin")!)!;
        Assert.ThrowsExactly<ArgumentException>(() => plugin.Register(new ComponentRegistry()));
    }

    private static string Plugin(string records, string calls) =>
        $$"""
            {{records}}
            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry)
                {
                    {{calls}}
                }
            }
            """;
}
