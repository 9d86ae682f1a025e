namespace Sat.Analyzers.Tests;

/// <summary>What is written for an options record.</summary>
[TestClass]
public sealed class GeneratorTests
{
    [TestMethod]
    public void An_option_of_every_kind() =>
        Verified.Check(
            "Analyzers.Tests",
            "EveryKind.txt",
            PluginSource.Generate(Sources.EveryKind)["Stranger.Methods.EveryKind.Options.g.cs"]
        );

    [TestMethod]
    public void A_record_that_derives_from_another_has_its_own_options_first() =>
        Verified.Check(
            "Analyzers.Tests",
            "Derived.txt",
            PluginSource.Generate(
                """
                abstract record Base
                {
                    [Option("First of the base")]
                    public int First { get; init; } = 1;

                    [Option("What a derived record says anew")]
                    public virtual double Rate { get; init; } = 0.5;
                }
                """,
                """
                sealed record Derived : Base
                {
                    [Option("Its own")]
                    public bool Own { get; init; }

                    public override double Rate { get; init; } = 0.25;
                }
                """
            )["Derived.Options.g.cs"]
        );

    [TestMethod]
    public void Records_are_found_wherever_they_are()
    {
        var files = PluginSource.Generate(
            """
            namespace Stranger;

            public static partial class Outer
            {
                internal sealed partial record Nested
                {
                    [Option("Its own")]
                    public int A { get; init; }
                }

                internal sealed partial record Nested
                {
                    [Option("In another part")]
                    public int B { get; init; }
                }
            }

            record Base
            {
                [Option("Its own")]
                public int A { get; init; }
            }

            sealed partial record Inheriting;

            sealed partial record Inheriting : Base;

            sealed record Positional([property: Option("Its own")] int A)
            {
                public Positional()
                    : this(1) { }
            }

            sealed partial record InParts
            {
                [Option("Its own")]
                public partial int A { get; init; }
            }

            sealed partial record InParts
            {
                public partial int A { get => field; init => field = value; }
            }

            sealed partial record InPartsToo
            {
                public partial int A { get; init; }
            }

            sealed partial record InPartsToo
            {
                [Option("Its own")]
                public partial int A { get => field; init => field = value; }
            }

            sealed record Empty;

            sealed class Plugin
            {
                public void Register(IPluginRegistry registry)
                {
                    registry.AddSchedule<Empty>("a", "A", _ => null!);
                    registry.AddSchedule("b", "B", (Empty _) => null!);
                    Generic<Inheriting>(registry);
                }

                private static void Generic<T>(IPluginRegistry registry)
                    where T : class, new() => registry.AddSchedule<T>("c", "C", _ => null!);
            }
            """
        );
        CollectionAssert.AreEquivalent(
            new[]
            {
                "Stranger.Outer.Nested.Options.g.cs",
                "Stranger.Base.Options.g.cs",
                "Stranger.Inheriting.Options.g.cs",
                "Stranger.Empty.Options.g.cs",
                "Stranger.Positional.Options.g.cs",
                "Stranger.InParts.Options.g.cs",
                "Stranger.InPartsToo.Options.g.cs",
            },
            files.Keys.ToArray()
        );
        Assert.Contains("Name = \"b\"", files["Stranger.Outer.Nested.Options.g.cs"]);
    }

    [TestMethod]
    public void What_nobody_can_make_from_nothing_is_left_out() =>
        Assert.IsEmpty(
            PluginSource.Generate(
                """
                namespace Stranger;

                public sealed record Positional([property: Option("A")] int A);

                public sealed record Open<T>
                {
                    [Option("A")]
                    public int A { get; init; }
                }

                public sealed record WithRequired
                {
                    [Option("A")]
                    public required int A { get; init; }
                }

                public abstract record Abstract
                {
                    [Option("A")]
                    public int A { get; init; }
                }

                public sealed class Outer
                {
                    private sealed record Hidden
                    {
                        [Option("A")]
                        public int A { get; init; }
                    }
                }
                """
            )
        );

    [TestMethod]
    public void A_constructor_that_sets_the_required_members_will_do() =>
        Assert.HasCount(
            1,
            PluginSource.Generate(
                """
                public sealed record WithRequired
                {
                    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
                    public WithRequired() => A = 1;

                    [Option("A")]
                    public required int A { get; init; }
                }
                """
            )
        );
}
