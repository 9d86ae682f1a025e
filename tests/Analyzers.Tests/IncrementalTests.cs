using Microsoft.CodeAnalysis;
using Sat.Sdk.Analyzers.Generation;

namespace Sat.Analyzers.Tests;

/// <summary>The generator runs at every keystroke of an editor, and does again only what must be done.</summary>
[TestClass]
public sealed class IncrementalTests
{
    private const string Records = """
        record First
        {
            [Option("A", Min = 1)]
            public int A { get; init; } = 1;
        }

        record Second : First;
        """;

    private const string Other = """
        sealed record Empty;

        sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry) => registry.AddSchedule<Empty>("a", "A", _ => null!);
        }
        """;

    [TestMethod]
    public void An_edit_elsewhere_makes_nothing_again()
    {
        var (records, files) = ReasonsAfter(1, Other.Replace("\"A\"", "\"Another summary\"", StringComparison.Ordinal) + "\nclass More;");
        CollectionAssert.AreEqual(Enumerable.Repeat("unchanged", 3).ToArray(), records);
        CollectionAssert.AreEqual(Enumerable.Repeat("unchanged", 3).ToArray(), files);
    }

    [TestMethod]
    public void An_edit_in_the_record_that_says_nothing_else_of_its_options_does_not_either()
    {
        var (records, files) = ReasonsAfter(
            0,
            Records.Replace("public int A { get; init; } = 1;", "public int A { get; init; } = 2; // two\n", StringComparison.Ordinal)
        );
        CollectionAssert.AreEqual(Enumerable.Repeat("unchanged", 3).ToArray(), records);
        CollectionAssert.AreEqual(Enumerable.Repeat("unchanged", 3).ToArray(), files);
    }

    [TestMethod]
    public void An_edit_of_an_option_writes_the_records_that_have_it()
    {
        var (records, _) = ReasonsAfter(0, Records.Replace("Min = 1", "Min = 0", StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(new[] { "changed", "changed", "unchanged" }, records);
    }

    private static (string[] Records, string[] Files) ReasonsAfter(int edited, string source)
    {
        var before = PluginSource.Compile(Records, Other);
        var old = before.SyntaxTrees.ElementAt(edited + 1);
        var after = before.ReplaceSyntaxTree(old, PluginSource.Parse(source, edited + 1));
        var run = PluginSource.Driver().RunGenerators(before).RunGenerators(after).GetRunResult().Results.Single();
        return (
            Reasons(run.TrackedSteps[OptionsGenerator.Step].SelectMany(s => s.Outputs).Select(o => o.Reason)),
            Reasons(run.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason))
        );
    }

    private static string[] Reasons(IEnumerable<IncrementalStepRunReason> reasons) =>
        [.. reasons.Select(r => r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged ? "unchanged" : "changed")];
}
