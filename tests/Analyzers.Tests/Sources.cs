namespace Sat.Analyzers.Tests;

/// <summary>Options records that tests share.</summary>
static class Sources
{
    /// <summary>An option of every kind, with everything that can be said of one.</summary>
    public const string EveryKind = """
        namespace Stranger.Methods;

        public enum Redraw
        {
            AllClasses,
            @Object,
            NoneAtAll = -1,
        }

        public sealed record EveryKind
        {
            [Option("An \"epoch\"", Min = 0, Before = "training.epochs", DefaultShare = 0.3, NoEffect = "{path} has no effect")]
            public int StartEpoch { get; init; } = 60;

            [Option("A count", Min = -5, Max = 1e15, MultipleOf = 3, Remainder = 2, AtMost = "maybe-int")]
            public long Count { get; set; } = 5;

            [Option("Momentum" + " of the targets", Min = 0, Max = 1, AboveMin = true, BelowMax = true)]
            public double Alpha { get; init; } = 0.9;

            [Option("Nesterov's form", Needs = "alpha")]
            public bool Nesterov { get; init; } = true;

            [Option("Any text", Required = true)]
            public string Note { get; init; } = "none";

            [Option("What is redrawn")]
            public Redraw Redraw { get; init; } = Redraw.Object;

            [Option("Where it lies", IsPath = true, IsPerSample = true)]
            public string? Path { get; init; }

            [Option("Steps", NotEmpty = true)]
            public int[] Steps { get; init; } = [1, 2];

            [Option("Large steps")]
            public long[] LargeSteps { get; init; } = [];

            [Option("Factors")]
            public double[] Factors { get; init; } = new[] { 0.5, 1 };

            [Option("Names")]
            public string[] Names { get; init; } = ["a"];

            [Option("Maybe")]
            public int? MaybeInt { get; init; }

            [Option("Maybe")]
            public long? MaybeLong { get; init; }

            [Option("Maybe")]
            public double? MaybeDouble { get; init; } = 2;

            [Option("Maybe")]
            public bool? MaybeBool { get; init; }

            [Option("Maybe")]
            public Redraw? MaybeRedraw { get; init; }

            [Option("Maybe")]
            public int[]? MaybeInts { get; init; }

            [Option("Maybe")]
            public string[]? MaybeNames { get; init; }

            [Option("A word of C#")]
            public bool @event { get; init; }

            public int Derived => StartEpoch + 1;
        }
        """;
}
