using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Plans;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Tests;

/// <summary>Versions of one plugin side by side: a study means the newest, or the one that has the revision it gives.</summary>
[TestClass]
public sealed class RevisionTests
{
    private const string Head = "name: two\ndefaults: { dataset: colours, model: small }\n";

    /// <summary>Version 10 gave a method another behaviour than version 9, and a new option.</summary>
    private static readonly ComponentCatalog Catalog = new([
        .. TestCatalog.Create().Entries,
        Version("9", revision: 1, "strength"),
        Version("10", revision: 2, "strength", "width"),
    ]);

    [TestMethod]
    public void A_bare_id_means_the_newest_version()
    {
        var method = Plan("matrix: { method: [fading] }").Runs.Single().Request.Spec.Method;
        Assert.AreEqual(("fading", 2), (method.Id, method.Revision));
        Assert.IsNotNull(method.OptionText("width"));
    }

    [TestMethod]
    [DataRow("method: [ { id: fading, revision: [1, 2] } ]")]
    [DataRow("method: [ { id: fading, revision: 1 }, { id: fading } ]")]
    [DataRow("method: [ fading ], method.revision: [1, 2]")]
    public void Each_revision_is_a_run_of_its_own_with_the_options_that_it_has(string axes)
    {
        var plan = Plan($"matrix: {{ {axes} }}");
        CollectionAssert.AreEqual(new[] { "1", "2" }, plan.Texts("method.revision"));
        CollectionAssert.AreEqual(new[] { "-", "5" }, plan.Texts("method.width"));
        Assert.AreEqual(2, plan.Runs.Select(r => r.Id).Distinct().Count());
    }

    [TestMethod]
    public void To_give_the_newest_revision_changes_no_id() =>
        Assert.AreEqual(
            Plan("matrix: { method: [fading] }").Runs.Single().Id,
            Plan("matrix: { method: [ { id: fading, revision: 2 } ] }").Runs.Single().Id
        );

    [TestMethod]
    [DataRow("exclude: [ { method.revision: 2 } ]", "1")]
    [DataRow("exclude: [ { method: { id: fading, revision: 1 } } ]", "2")]
    [DataRow("exclude: [ { method: { id: fading, width: 5 } } ]", "1")]
    public void An_exclude_tells_revisions_apart_also_where_the_cell_gives_none(string exclude, string left) =>
        CollectionAssert.AreEqual(
            new[] { left },
            Plan($"matrix: {{ method: [ {{ id: fading, revision: 1 }}, fading ] }}\n{exclude}").Texts("method.revision")
        );

    [TestMethod]
    public void The_command_line_chooses_a_revision_too() =>
        CollectionAssert.AreEqual(new[] { "1" }, Plan("matrix: { method: [fading] }", "method.revision=1").Texts("method.revision"));

    [TestMethod]
    public void An_option_that_came_with_a_later_revision_is_unknown_to_the_earlier() =>
        Assert.StartsWith(
            "study.yaml:3: method 'fading' has no option 'width'.",
            Problem("matrix: { method: [ { id: fading, revision: 1, width: 3 } ] }")
        );

    [TestMethod]
    [DataRow("3", "method/fading has no revision 3 here: test 10 has revision 2, test 9 has revision 1. If another version of test has it")]
    [DataRow("new", "method: 'revision' takes a whole number from 1 on.")]
    [DataRow("0", "method: 'revision' takes a whole number from 1 on.")]
    [DataRow("-1", "method: 'revision' takes a whole number from 1 on.")]
    [DataRow("1.5", "method: 'revision' takes a whole number from 1 on.")]
    public void A_revision_that_is_not_here_is_refused_in_its_line(string revision, string told) =>
        Assert.StartsWith("study.yaml:3: " + told, Problem($"matrix: {{ method: [ {{ id: fading, revision: {revision} }} ] }}"));

    [TestMethod]
    public void Expectations_compare_revisions()
    {
        const string expect =
            "matrix: { method: [ { id: fading, revision: [1, 2] } ] }\nexpect: [ { metric: test-accuracy, where: { method.revision: 2 }, above: { method.revision: WANTED }, because: it is newer } ]";
        Assert.HasCount(1, Plan(expect.Replace("WANTED", "1", StringComparison.Ordinal)).Expectations);
        Assert.Contains("selects no run of the study", Problem(expect.Replace("WANTED", "7", StringComparison.Ordinal)));
    }

    private static string Problem(string text) =>
        Assert.ThrowsExactly<SatException>(() => Plan(text)).Problems.Select(p => p.ToString()).First();

    private static Plan Plan(string text, params string[] overrides) =>
        Planner.Plan(
            Study.Parse(Head + text, Studying.File),
            Catalog,
            new PlanOptions
            {
                DataRoot = "/nowhere",
                Tool = "test",
                Overrides = overrides,
            }
        );

    private static CatalogEntry Version(string version, int revision, params string[] options)
    {
        var plain = TestCatalog.Create().Find(ComponentKind.Method, "plain")!;
        return plain with
        {
            Schema = plain.Schema with
            {
                Id = "fading",
                Revision = revision,
                Options =
                [
                    .. options.Select(o => new OptionSchema
                    {
                        Name = o,
                        Kind = OptionKind.Integer,
                        Description = o,
                        Default = 5,
                    }),
                ],
            },
            Manifest = plain.Manifest with { Version = version },
            Folder = "/plugins/" + version,
        };
    }
}
