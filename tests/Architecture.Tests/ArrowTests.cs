namespace Sat.Architecture.Tests;

/// <summary>Who may know whom: docs name the rooms, these tests keep their walls.</summary>
[TestClass]
public class ArrowTests
{
    [TestMethod]
    [DataRow("Sat.Records")]
    [DataRow("Sat.Sdk.Analyzers")]
    public void Records_and_what_runs_in_the_compiler_know_nobody(string room) => AssertKnowsOnly(room);

    [TestMethod]
    [DataRow("Sat.Yaml")]
    [DataRow("Sat.Data")]
    [DataRow("Sat.Cleaning")]
    public void Reading_yaml_fetching_data_and_finding_wrong_labels_know_records_alone(string room) => AssertKnowsOnly(room, "Sat.Records");

    [TestMethod]
    [DataRow("Sat.Sweeps")]
    [DataRow("Sat.Reports")]
    public void Planning_and_reporting_know_records_and_yaml_and_no_libtorch(string room) =>
        AssertKnowsOnly(room, "Sat.Records", "Sat.Yaml");

    [TestMethod]
    public void Publishing_knows_reports_and_no_libtorch() => AssertKnowsOnly("Sat.Publishing", "Sat.Records", "Sat.Reports", "Sat.Yaml");

    [TestMethod]
    public void Installing_back_ends_knows_how_files_are_fetched_and_no_libtorch() =>
        AssertKnowsOnly("Sat.Backends", "Sat.Records", "Sat.Data", "Sat.Feeds");

    [TestMethod]
    public void Feeds_know_how_files_are_fetched_and_no_libtorch() => AssertKnowsOnly("Sat.Feeds", "Sat.Records", "Sat.Data");

    [TestMethod]
    public void The_kit_of_authors_knows_what_carries_a_run_out() =>
        AssertKnowsOnly("Sat.Sdk.Testing", "Sat.Engine", "Sat.Hosting", "Sat.Records", "Sat.Sdk", "TorchSharp");

    [TestMethod]
    public void The_contracts_know_records_and_TorchSharp() => AssertKnowsOnly("Sat.Sdk", "Sat.Records", "TorchSharp");

    [TestMethod]
    [DataRow("Sat.Engine")]
    [DataRow("Sat.Hosting")]
    public void Engine_and_hosting_know_the_contracts_and_not_each_other(string room) =>
        AssertKnowsOnly(room, "Sat.Sdk", "Sat.Records", "TorchSharp");

    [TestMethod]
    public void Plugins_see_what_a_stranger_sees()
    {
        Assert.IsGreaterThanOrEqualTo(7, House.Plugins.Count);
        foreach (var plugin in House.Plugins)
        {
            Assert.Contains("Sat.Sdk", House.References(plugin), plugin);
            AssertKnowsOnly(plugin, "Sat.Sdk", "Sat.Records", "TorchSharp");
        }
    }

    /// <summary>A reference that the code does not use is in no assembly, but would still bring its files along.</summary>
    [TestMethod]
    [DataRow("Sat.Records")]
    [DataRow("Sat.Yaml")]
    [DataRow("Sat.Sweeps")]
    [DataRow("Sat.Reports")]
    [DataRow("Sat.Publishing")]
    [DataRow("Sat.Cleaning")]
    [DataRow("Sat.Data")]
    [DataRow("Sat.Backends")]
    [DataRow("Sat.Feeds")]
    public void Planning_reporting_and_fetching_data_bring_no_TorchSharp_along(string room) =>
        Assert.DoesNotContain("TorchSharp", File.ReadAllText(House.BuiltFile(room, room + ".deps.json")));

    [TestMethod]
    [DataRow("Sat.Records")]
    [DataRow("Sat.Sdk")]
    public void What_others_call_is_documented(string room)
    {
        // The compiler refuses members without a documentation (CS1591); here it is made sure that it is shipped.
        var documentation = File.ReadAllText(House.BuiltFile(room, room + ".xml"));
        foreach (var type in House.PublicTypes(room))
            Assert.Contains($"\"T:{type}\"", documentation);
    }

    private static void AssertKnowsOnly(string assembly, params string[] allowed)
    {
        var known = House
            .References(assembly)
            .Where(r =>
                r == "TorchSharp" || r == "dotnet-sat" || r.StartsWith("Sat.", StringComparison.Ordinal) || House.Plugins.Contains(r)
            );
        Assert.IsEmpty(known.Except(allowed), $"{assembly} references {string.Join(", ", known.Except(allowed))}");
    }
}
