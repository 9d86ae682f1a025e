namespace Sat.Analyzers.Tests;

/// <summary>What the build refuses, and where. A line that ends with <c>// SAT1001</c> is refused for that; the others must not
/// be.</summary>
[TestClass]
public sealed class DiagnosticsTests
{
    [TestMethod]
    public Task Each_property_of_an_options_record_is_an_option() =>
        AssertRefusedAsync(
            """
            public sealed record Mixed
            {
                [Option("A")]
                public int A { get; init; }

                public int Forgotten { get; init; } // SAT1001

                public int Derived => A + 1;

                internal int Inner { get; init; }

                public static int Shared { get; set; }

                public int Own { get; private set; }
            }

            public sealed record Undescribed
            {
                public int Forgotten { get; init; } // SAT1001
            }

            public sealed record NoOptionsAtAll
            {
                public int Width { get; init; }
            }

            public abstract record Base
            {
                [Option("A")]
                public virtual int A { get; init; }
            }

            public sealed record Overriding : Base
            {
                [Option("B")]
                public int B { get; init; }

                public override int A { get; init; }
            }

            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry)
                {
                    registry.AddSchedule<Undescribed>("a", "A", _ => null!);
                    registry.AddSchedule<Undescribed>("b", "B", _ => null!);
                    registry.AddSchedule<Overriding>("c", "C", _ => null!);
                }
            }
            """
        );

    [TestMethod]
    public Task An_option_has_a_type_that_studies_can_write() =>
        AssertRefusedAsync(
            """
            public sealed record Typed
            {
                [Option("A")]
                public DateTime When { get; init; } // SAT1002

                [Option("A")]
                public float Single { get; init; } // SAT1002

                [Option("A")]
                public bool[] Flags { get; init; } = []; // SAT1002

                [Option("A")]
                public int[,] Table { get; init; } = new int[0, 0]; // SAT1002

                [Option("A")]
                public List<int> List { get; init; } = []; // SAT1002

                [Option("A")]
                public double?[] Numbers { get; init; } = []; // SAT1002

                [Option("A")]
                public DayOfWeek? Day { get; init; }

                [Option("A")]
                public long[]? Longs { get; init; }
            }
            """
        );

    [TestMethod]
    public Task An_option_can_be_set() =>
        AssertRefusedAsync(
            """
            public sealed record Settable
            {
                [Option("A")]
                public int Fixed { get; } = 1; // SAT1003

                [Option("A")]
                public int Own { get; private set; } // SAT1003

                [Option("A")]
                internal int Inner { get; init; } // SAT1003

                [Option("A")]
                public static int Shared { get; set; } // SAT1003

                [Option("A")]
                public int Mutable { get; set; }
            }
            """
        );

    [TestMethod]
    public Task The_build_can_make_the_record() =>
        AssertRefusedAsync(
            """
            public sealed record Open<T> // SAT1004
            {
                [Option("A")]
                public int A { get; init; }
            }

            public abstract record OpenBase<T>
            {
                [Option("A")]
                public int A { get; init; }
            }

            public sealed record Closed : OpenBase<int>;

            public struct Value // SAT1004
            {
                [Option("A")]
                public int A { get; init; }
            }

            file sealed record Local // SAT1004
            {
                [Option("A")]
                public int A { get; init; }
            }

            public sealed class Plugin : IPlugin
            {
                private sealed record Hidden // SAT1004
                {
                    [Option("A")]
                    public int A { get; init; }
                }

                private sealed record HiddenToo : OpenBase<long>;

                internal sealed record Seen
                {
                    [Option("A")]
                    public int A { get; init; }
                }

                public void Register(IPluginRegistry registry)
                {
                    registry.AddSchedule<Closed>("a", "A", _ => null!);
                    registry.AddSchedule<HiddenToo>("b", "B", _ => null!); // SAT1004
                    registry.AddSchedule<Seen>("c", "C", _ => null!);
                }
            }
            """
        );

    [TestMethod]
    public Task An_option_has_no_name_that_means_something_else() =>
        AssertRefusedAsync(
            """
            public sealed record Named
            {
                [Option("A")]
                public string Id { get; init; } = ""; // SAT1005

                [Option("A")]
                public int Revision { get; init; } // SAT1005

                [Option("A")]
                public int Variant { get; init; } // SAT1005

                [Option("A")]
                public int Files { get; init; } // SAT1005

                [Option("A")]
                public int Options { get; init; } // SAT1005

                [Option("A")]
                public int Identity { get; init; }
            }

            public sealed record Weighted
            {
                [Option("A")]
                public double Weights { get; init; }
            }

            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry)
                {
                    registry.AddMethod<Weighted>("a", "A", (_, _) => null!);
                    registry.AddModel<Weighted>("a", "A", (_, _) => null!); // SAT1005
                    registry.AddModel("b", "B", (ModelContext _, Weighted _) => null!); // SAT1005
                }
            }
            """
        );

    [TestMethod]
    public Task A_range_has_a_value() =>
        AssertRefusedAsync(
            """
            public sealed record Ranged
            {
                [Option("A", Min = 2, Max = 1)] // SAT1006
                public int Turned { get; init; }

                [Option(
                    "A",
                    Min = 1,
                    Max = 1, // SAT1006
                    AboveMin = true
                )]
                public double? Empty { get; init; }

                [Option("A", Min = 1, Max = 1)]
                public double? One { get; init; }
            }
            """
        );

    [TestMethod]
    public Task A_default_is_within_its_range() =>
        AssertRefusedAsync(
            """
            public sealed record Defaults
            {
                private const double Most = 1;

                [Option("A", Max = Most)]
                public double Rate { get; init; } = Most + 1; // SAT1007

                [Option("A", Min = 1)]
                public int Unset { get; init; } // SAT1007

                [Option("A", Min = 0, AboveMin = true)]
                public double Zero { get; init; } = 0; // SAT1007

                [Option("A", Min = 1)]
                public int[] Steps { get; init; } =
                [
                    2,
                    0, // SAT1007
                ];

                [Option("A", Max = 1)]
                public double[] Factors { get; init; } = new[] { 0.5, 1.5 }; // SAT1007

                [Option("A", Max = 5)]
                public long? Many { get; init; } = 6; // SAT1007

                [Option("A", Min = 1, Required = true)]
                public int Given { get; init; }

                [Option("A", Min = 1)]
                public int? None { get; init; }

                [Option("A", Min = 1)]
                public int Known { get; init; } = Environment.ProcessorCount;

                [Option("A", Min = 1)]
                public int OfItsOwn
                {
                    get;
                    init => field = Math.Max(1, value);
                }
            }

            public abstract record LeftToOthers
            {
                [Option("A", Min = 1)]
                public int A { get; init; }

                [Option("A", Min = 1)]
                public int B { get; init; } = 0; // SAT1007
            }

            public sealed partial record InParts
            {
                [Option("A", Min = 1)]
                public partial int A { get; init; }
            }

            public sealed partial record InParts
            {
                public partial int A { get => 1; init { } }
            }

            public sealed record Constructed
            {
                public Constructed() => A = 3;

                [Option("A", Min = 1)]
                public int A { get; init; }
            }
            """
        );

    [TestMethod]
    public Task A_share_is_one_of_a_whole_number() =>
        AssertRefusedAsync(
            """
            public sealed record Shares
            {
                [Option("A", Before = "training.epochs", DefaultShare = 1)] // SAT1008
                public int All { get; init; }

                [Option("A", Before = "training.epochs", DefaultShare = -0.5)] // SAT1008
                public int Negative { get; init; }

                [Option("A", DefaultShare = 0.5)] // SAT1008
                public int OfNothing { get; init; }

                [Option("A", Before = "training.epochs", DefaultShare = 0.5)] // SAT1008
                public double Number { get; init; }

                [Option("A", Before = "training.epochs", DefaultShare = 0.5)]
                public int Half { get; init; }

                [Option("A", Before = "training.epochs", DefaultShare = 0)]
                public int None { get; init; }
            }
            """
        );

    [TestMethod]
    public Task A_component_has_an_id_of_its_own() =>
        AssertRefusedAsync(
            """
            public sealed class Plugin : IPlugin
            {
                private const string Known = "known";

                public void Register(IPluginRegistry registry)
                {
                    registry.AddSchedule<NoOptions>("Flat", "A", _ => null!); // SAT1009
                    registry.AddSchedule<NoOptions>("", "A", _ => null!); // SAT1009
                    registry.AddSchedule<NoOptions>("a--b", "A", _ => null!); // SAT1009
                    registry.AddSchedule<NoOptions>("flat\n", "A", _ => null!); // SAT1009
                    registry.AddSchedule<NoOptions>("step-2", "A", _ => null!);
                    registry.AddSchedule<NoOptions>(Known, "A", _ => null!);
                    registry.AddSchedule<NoOptions>(
                        summary: "A",
                        create: _ => null!,
                        id: "known" // SAT1010
                    );
                    registry.AddMethod<NoOptions>(Known, "A", (_, _) => null!);
                    foreach (var id in new[] { "One", "Two" })
                        registry.AddSchedule<NoOptions>(id, "A", _ => null!);
                    Helper.Add(registry);
                }
            }

            static class Helper
            {
                public static void Add(IPluginRegistry registry) => registry.AddSchedule<NoOptions>("step-2", "A", _ => null!); // SAT1010
            }
            """
        );

    [TestMethod]
    public async Task A_project_that_is_no_plugin_can_fill_several_registries() =>
        Assert.IsEmpty(
            await PluginSource.RefusedAsync(
                isPlugin: false,
                """
                static class Tests
                {
                    static void First(IPluginRegistry registry) => registry.AddSchedule<NoOptions>("flat", "A", _ => null!);

                    static void Second(IPluginRegistry registry) => registry.AddSchedule<NoOptions>("flat", "A", _ => null!);
                }
                """
            )
        );

    [TestMethod]
    public Task A_plugin_has_a_public_class() =>
        AssertRefusedAsync(
            """
            sealed class Plugin : IPlugin // SAT1011
            {
                public void Register(IPluginRegistry registry) { }
            }

            public abstract class Base : IPlugin
            {
                public void Register(IPluginRegistry registry) { }
            }
            """
        );

    [TestMethod]
    public async Task A_plugin_without_any_class_is_refused_without_a_line() =>
        CollectionAssert.AreEqual(new[] { "0 SAT1011" }, (await PluginSource.RefusedAsync(isPlugin: true, "class Nothing;")).ToArray());

    [TestMethod]
    public Task A_plugin_has_one_public_class_that_can_be_created() =>
        AssertRefusedAsync(
            """
            public abstract class Base : IPlugin
            {
                public void Register(IPluginRegistry registry) { }
            }

            public sealed class First : Base;

            public sealed class Second(int a) : Base // SAT1012 SAT1016
            {
                public int A => a;
            }

            internal sealed class Third : Base;
            """
        );

    [TestMethod]
    public Task Optimizers_schedules_and_sinks_read_no_files() =>
        AssertRefusedAsync(
            """
            public sealed record WithPath
            {
                [Option("A", IsPath = true)]
                public string? Path { get; init; }
            }

            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry)
                {
                    registry.AddDataset<WithPath>("a", "A", (_, _) => null!);
                    registry.AddNoise<WithPath>("a", "A", (_, _) => null!);
                    registry.AddMethod<WithPath>("a", "A", (_, _) => null!);
                    registry.AddSink<WithPath>("a", "A", (_, _) => null!); // SAT1013
                    registry.AddSchedule<
                        WithPath // SAT1013
                    >("a", "A", _ => null!);
                }

                static void Generic<T>(IPluginRegistry registry)
                    where T : class, new() => registry.AddMethod<T>("b", "B", (_, _) => null!);
            }
            """
        );

    [TestMethod]
    public Task What_is_said_of_a_component_holds() =>
        AssertRefusedAsync(
            """
            public sealed record Sized
            {
                [Option("A")]
                public int TrainSamples { get; init; }

                [Option("A")]
                public double Share { get; init; }
            }

            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry)
                {
                    registry.AddDataset<Sized>("a", "A", (_, _) => null!, new() { TrainingSamplesOption = "train-samples" });
                    registry.AddDataset<Sized>("b", "B", (_, _) => null!, new() { TrainingSamplesOption = "samples" }); // SAT1014
                    registry.AddDataset<Sized>("c", "C", (_, _) => null!, new() { TrainingSamplesOption = "share" }); // SAT1014
                    registry.AddEvaluation<NoOptions>(
                        "d",
                        "D",
                        (_, _) => null!,
                        new ComponentDetails
                        {
                            Metrics =
                            [
                                new() { Name = "risk", Title = "risk", IsMain = true },
                                new() { Name = "Top 1", Title = "top 1" }, // SAT1015
                                new() { Name = MetricNames.Loss, Title = "loss" }, // SAT1015
                                new() { Name = "risk", Title = "risk" }, // SAT1015
                                Metric("risk"),
                                Metric("area") with { IsMain = true }, // SAT1015
                                .. new[] { Metric("risk") },
                            ],
                        }
                    );
                    registry.AddSchedule<NoOptions>(
                        "e",
                        "E",
                        _ => null!,
                        new()
                        {
                            Metrics = new[]
                            {
                                new MetricSchema { Name = "risk", Title = "risk" }, // SAT1015
                            },
                        }
                    );
                }

                private static MetricSchema Metric(string name) => new() { Name = name, Title = name };
            }
            """
        );

    [TestMethod]
    public async Task A_message_says_what_to_do()
    {
        var found = await PluginSource.DiagnosticsAsync(
            isPlugin: true,
            """
            public sealed class Plugin : IPlugin
            {
                public void Register(IPluginRegistry registry) => registry.AddSchedule<Typed>("flat", "A", _ => null!);
            }

            public sealed record Typed
            {
                [Option("A")]
                public DateTime? When { get; init; }

                [Option("A", Min = 0, AboveMin = true, Max = 1)]
                public double Rate { get; init; } = 2;
            }
            """
        );
        CollectionAssert.AreEqual(
            new[]
            {
                "Typed.When: an option cannot be a DateTime?; use int, long, double, bool, string, an enum, or an array of int, long, double or string",
                "The default of Typed.Rate is 2, which is not allowed: 0 < x <= 1",
            },
            found.Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToArray()
        );
    }

    /// <summary>Compares what a plugin is refused for with what its lines say; a source without a plugin's class is given one.</summary>
    private static async Task AssertRefusedAsync(string source)
    {
        const string plugin = "public sealed class ThePlugin : IPlugin { public void Register(IPluginRegistry registry) { } }";
        var expected = source
            .Split('\n')
            .Index()
            .SelectMany(line =>
                line.Item.Split("// SAT").Skip(1).Take(1).SelectMany(m => $"SAT{m}".Split(' ')).Select(id => $"{line.Index + 1} {id}")
            );
        string[] sources =
            source.Contains("IPlugin\n", StringComparison.Ordinal) || source.Contains("IPlugin //", StringComparison.Ordinal)
                ? [source]
                : [plugin, source];
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', await PluginSource.RefusedAsync(isPlugin: true, sources)));
    }
}
