using Sat.Records;
using Sat.Records.Specs;
using Sat.Sweeps.Planning;

namespace Sat.Sweeps.Tests;

[TestClass]
public class DataTests
{
    private const string Pebbles = "name: t\ndefaults: { dataset: pebbles, model: small, method: plain }";

    private static RunRequest Plan(string text, string dataRoot) =>
        Studying.Plan(text, new PlanOptions { DataRoot = dataRoot, Tool = "test" }).Runs[0].Request;

    [TestMethod]
    public void Data_that_are_not_there_are_planned_as_published_and_lie_where_they_are_looked_for()
    {
        var request = Plan(Pebbles, "/nowhere");
        Assert.AreEqual("published", request.Spec.Dataset.Variant);
        Assert.AreEqual(TestCatalog.Checksum, request.Spec.Dataset.Files!["stones.bin"]);
        Assert.AreEqual("/nowhere/pebbles", request.Locations["dataset.path"]);
    }

    [TestMethod]
    public void Data_that_are_there_give_the_same_id_as_their_published_checksums_wherever_they_lie()
    {
        using var folder = new Folder();
        folder.Write("test", "data", "pebbles", "stones.bin");
        folder.Write("test", "else", "stones.bin");
        var planned = Plan(Pebbles, "/nowhere");
        var found = Plan(Pebbles, folder.At("data"));
        var given = Plan(Pebbles.Replace("dataset: pebbles", $"dataset: {{ id: pebbles, path: {folder.At("else")} }}"), "/nowhere");
        Assert.AreEqual("published", found.Spec.Dataset.Variant);
        Assert.AreEqual(planned.Spec.Id(), found.Spec.Id());
        Assert.AreEqual(planned.Spec.Id(), given.Spec.Id());
        Assert.AreEqual(folder.At("data", "pebbles"), found.Locations["dataset.path"]);
        Assert.AreEqual(folder.At("else"), given.Locations["dataset.path"]);
    }

    [TestMethod]
    public void Other_data_make_another_run_of_unknown_variant()
    {
        using var folder = new Folder();
        folder.Write("others", "pebbles", "stones.bin");
        var found = Plan(Pebbles, folder.Path);
        Assert.AreEqual("unknown", found.Spec.Dataset.Variant);
        Assert.AreNotEqual(Plan(Pebbles, "/nowhere").Spec.Id(), found.Spec.Id());
    }

    [TestMethod]
    public void Data_that_nobody_knows_and_that_are_not_there_end_planning_with_code_5()
    {
        var error = Assert.ThrowsExactly<SatException>(() => Plan(Pebbles.Replace("pebbles", "shells") + "\nmatrix: { seed: [1, 2], method: nobody }", "/nowhere"));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.HasCount(2, error.Problems);
        Assert.StartsWith("study.yaml:2: the files of dataset 'shells' are not at /nowhere/shells. Collect them at the beach.", error.Problems[0].ToString());
    }

    [TestMethod]
    public void A_path_that_is_given_must_be_there()
    {
        var error = Assert.ThrowsExactly<SatException>(() => Plan(Pebbles.Replace("dataset: pebbles", "dataset: { id: pebbles, path: /nowhere/at-all }"), "/nowhere"));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.StartsWith("study.yaml:2: ", error.Problems[0].ToString());
    }

    [TestMethod]
    public void Several_path_options_keep_their_files_apart()
    {
        using var folder = new Folder();
        folder.Write("a", "x.npz");
        folder.Write("b", "other", "x.npz");
        var request = Plan(Pebbles.Replace("dataset: pebbles", $"dataset: {{ id: arrays, train: {folder.At("x.npz")}, test: {folder.At("other")} }}"), "/nowhere");
        Assert.AreSequenceEqual(new[] { "test/x.npz", "train/x.npz" }, request.Spec.Dataset.Files!.Keys.Order(StringComparer.Ordinal));
        Assert.AreEqual(folder.At("x.npz"), request.Locations["dataset.train"]);
        Assert.IsNull(request.Spec.Dataset.Variant);
        Assert.IsEmpty(request.Spec.Dataset.Options);
    }

    [TestMethod]
    public void A_noise_can_read_a_file_and_its_path_is_relative_to_the_study()
    {
        using var folder = new Folder();
        folder.Write("1 2 3", "labels.txt");
        var study = folder.Write(Pebbles + "\nmatrix: { noise: { id: listed, path: labels.txt } }", "study.yaml");
        var plan = Planner.Plan(Studies.Study.Load(study), TestCatalog.Create(), new PlanOptions { DataRoot = "/nowhere", Tool = "test" });
        Assert.AreEqual(folder.At("labels.txt"), plan.Runs[0].Request.Locations["noise.path"]);
        Assert.AreSequenceEqual(new[] { "labels.txt" }, plan.Runs[0].Request.Spec.Noise.Files!.Keys);
    }
}
