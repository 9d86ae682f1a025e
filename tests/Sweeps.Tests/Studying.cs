using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Specs;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Tests;

/// <summary>Studies as texts, planned with the test catalogue.</summary>
static class Studying
{
    public const string File = "study.yaml";

    public const string Head = """
        name: test
        defaults:
          dataset: colours
          model: small
          method: plain

        """;

    private static readonly ComponentCatalog Catalog = TestCatalog.Create();

    /// <summary>Plans a study; <paramref name="text"/> follows <see cref="Head"/> unless it has a name of its own.</summary>
    public static Plan Plan(string text, params string[] overrides) =>
        Plan(
            text,
            new PlanOptions
            {
                DataRoot = "/nowhere",
                Tool = "test",
                Overrides = overrides,
            }
        );

    public static Plan Plan(string text, PlanOptions options) =>
        Planner.Plan(Study.Parse(text.StartsWith("name:", StringComparison.Ordinal) ? text : Head + text, File), Catalog, options);

    /// <summary>The problems of a study that cannot be planned.</summary>
    public static string[] Problems(string text, params string[] overrides) =>
        [.. Assert.ThrowsExactly<SatException>(() => Plan(text, overrides)).Problems.Select(p => p.ToString())];

    public static string[] Texts(this Plan plan, params string[] paths) =>
        [.. plan.Runs.Select(r => string.Join(' ', paths.Select(p => SpecPath.All(r.Request.Spec).GetValueOrDefault(p, "-"))))];
}
