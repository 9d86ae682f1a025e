using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Plans;
using Sat.Records.Specs;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Tests;

[TestClass]
public class DataTests
{
    private const string Pebbles = "name: t\ndefaults: { dataset: pebbles, model: small, method: plain }";

    private static readonly string Shells = Pebbles.Replace("pebbles", "shells");

    private static string Labels(params string[] paths) => string.Join(", ", paths.Select(p => $"{{ id: listed, path: '{p}' }}"));

    private static Plan Looked(string text, string dataRoot) =>
        Studying.Plan(
            text,
            new PlanOptions
            {
                DataRoot = dataRoot,
                Tool = "test",
                AllowMissingData = true,
            }
        );

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
        using var folder = new TemporaryFolder();
        folder.Write("data/pebbles/stones.bin", "test");
        folder.Write("else/stones.bin", "test");
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
        using var folder = new TemporaryFolder();
        folder.Write("pebbles/stones.bin", "others");
        var found = Plan(Pebbles, folder.Path);
        Assert.AreEqual("unknown", found.Spec.Dataset.Variant);
        Assert.AreNotEqual(Plan(Pebbles, "/nowhere").Spec.Id(), found.Spec.Id());
    }

    [TestMethod]
    public void Data_that_nobody_knows_and_that_are_not_there_end_planning_with_code_5()
    {
        var error = Assert.ThrowsExactly<SatException>(() =>
            Plan(Pebbles.Replace("pebbles", "shells") + "\nmatrix: { seed: [1, 2], method: nobody }", "/nowhere")
        );
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.HasCount(2, error.Problems);
        Assert.StartsWith(
            "study.yaml:2: the files of dataset 'shells' are not at /nowhere/shells. 'dotnet sat data get shells' downloads it. By hand: Collect them at the beach.",
            error.Problems[0].ToString()
        );
    }

    [TestMethod]
    public void A_plan_to_look_at_lists_runs_whose_files_are_not_here_and_tells_what_it_cannot_know()
    {
        using var folder = new TemporaryFolder();
        var lists = Labels(folder.At("a.txt"), folder.At("b.txt"));
        var plan = Looked(
            $"{Shells}\nmatrix: {{ seed: [1, 2], dataset: [pebbles, shells], noise: [none, {lists}] }}\nevaluate: [{{ evaluation: neighbours }}]",
            folder.Path
        );

        Assert.HasCount(24, plan.Runs.DistinctBy(r => r.Id), "files that are not here are not the same files for that");
        Assert.AreEqual(4, plan.Runs.Count(r => r.IsIdentified), "pebbles without a list of labels: two seeds and their evaluations");
        Assert.IsTrue(
            plan.Runs.Where(r => r.IsIdentified).All(r => r.Files == KnownFiles.Published && r.Request.Spec.Dataset.Variant == "published")
        );
        Assert.AreEqual(plan.Runs[0].Id, Plan(Pebbles, folder.Path).Spec.Id(), "the id that a sweep would give it");
        CollectionAssert.AreEquivalent(
            new[]
            {
                "the files of dataset 'pebbles' are not at " + folder.At("pebbles") + ". Collect them at the beach.",
                "the files of dataset 'shells' are not here: 'dotnet sat data get shells' downloads them (1.2 MB).",
                $"there is no file or folder {folder.At("a.txt")}: the runs that need it are listed, without what only the data can tell.",
                $"there is no file or folder {folder.At("b.txt")}: the runs that need it are listed, without what only the data can tell.",
            },
            plan.Warnings.ToArray()
        );

        RunState[] states = [.. plan.Runs.Select(r => RunState.Read(folder.At("out"), r))];
        Assert.AreEqual(4, states.Count(s => s.IsFree));
        var cost = CostEstimate.From(states, []);
        Assert.AreEqual((4, 2, 0), (cost.FreeRuns, cost.UnknownRuns, cost.ToTry.Count), "what is not here cannot be tried");
        Assert.ThrowsExactly<InvalidOperationException>(() => plan.Write(folder.At("out")));

        Assert.AreEqual(
            ExitCode.Environment,
            Assert.ThrowsExactly<SatException>(() => Plan(Shells, folder.Path)).ExitCode,
            "a plan to carry out needs them"
        );
    }

    [TestMethod]
    public void What_is_here_and_wrong_is_an_error_of_a_plan_to_look_at_too()
    {
        using var folder = new TemporaryFolder();
        folder.Write("other/notes.txt", "none of them");
        folder.Write("shells/shells.zip", "no archive");
        foreach (var study in new[] { Shells, Shells.Replace("shells", $"{{ id: shells, path: '{folder.At("other")}' }}") })
            Assert.Contains(
                "the files of dataset 'shells' are not at",
                Assert.ThrowsExactly<SatException>(() => Looked(study, folder.Path)).Message
            );
        var empty = Directory.CreateDirectory(folder.At("empty", "shells"));
        Assert.IsFalse(Looked(Shells, folder.At("empty")).Runs[0].IsIdentified, "an empty folder of the tool's own is no data");
        File.WriteAllText(Path.Combine(empty.FullName, "shells.bin"), "shells");
        Assert.AreEqual(KnownFiles.Found, Looked(Shells, folder.At("empty")).Runs[0].Files);
    }

    [TestMethod]
    public void What_lies_beside_the_files_that_a_dataset_reads_is_no_part_of_the_run()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "train/a/0.png", "train/b/0.png", "val/a/0.png" })
            folder.Write($"album/{name}", name);
        RunRequest Album() =>
            Plan(
                $"name: t\ndefaults: {{ dataset: {{ id: album, path: '{folder.At("album")}' }}, model: small, method: plain }}",
                "/nowhere"
            );
        var before = Album().Spec;

        foreach (
            var name in new[]
            {
                ".DS_Store",
                "train/.DS_Store",
                "train/a/.DS_Store",
                "train/a/Thumbs.db",
                "train/a/THUMBS.DB",
                "train/b/desktop.ini",
                "train/a/Icon\r",
                "train/a/.ipynb_checkpoints/0-checkpoint.png",
                "train/.git/objects/0.png",
                "__MACOSX/train/a/0.png",
                "train/__MACOSX/0.png",
                "train/a/@eaDir/0.png",
                "$RECYCLE.BIN/0.png",
                "lost+found/0",
                "README.md",
                "train/README",
                "train/a/README.md",
                "train/a/notes.txt",
                "train/loose.png",
                "labels-backup/old.csv",
                "line\nbreak.png",
            }
        )
        {
            folder.Write($"album/{name}", "left");
            Assert.AreEqual(before.Id(), Album().Spec.Id(), name);
        }
        Assert.AreSequenceEqual(new[] { "train/a/0.png", "train/b/0.png", "val/a/0.png" }, Album().Spec.Dataset.Files!.Keys);
        folder.Write("album/train/a/deeper/1.png", "another");
        Assert.AreNotEqual(before.Id(), Album().Spec.Id(), "a file that is read is a part of the run");
    }

    [TestMethod]
    public void Hidden_files_are_no_part_of_a_run_of_a_dataset_that_declares_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("some/1.bin", "1");
        RunRequest Arrays() =>
            Plan(
                $"name: t\ndefaults: {{ dataset: {{ id: arrays, train: '{folder.At("some")}', test: '{folder.At("some")}' }}, model: small, method: plain }}",
                "/nowhere"
            );
        var before = Arrays().Spec.Id();
        folder.Write("some/.DS_Store", "left");
        folder.Write("some/.cache/x", "left");
        Assert.AreEqual(before, Arrays().Spec.Id());
        folder.Write("some/2.bin", "2");
        Assert.AreNotEqual(before, Arrays().Spec.Id());
    }

    [TestMethod]
    [DataRow("a #2")]
    [DataRow("a: b")]
    [DataRow("- d")]
    [DataRow("&z")]
    [DataRow("*s")]
    [DataRow("!t")]
    [DataRow("@v")]
    [DataRow("[x]")]
    [DataRow("[x, y]")]
    [DataRow("{y}")]
    [DataRow("{y: z}")]
    [DataRow("'q'")]
    [DataRow("\"q\"")]
    [DataRow("%u")]
    [DataRow("`b`")]
    [DataRow("| p")]
    [DataRow("> f")]
    [DataRow("? k")]
    [DataRow("a=b")]
    [DataRow(" leading")]
    [DataRow("trailing ")]
    [DataRow("007")]
    [DataRow("1e3")]
    [DataRow("null")]
    [DataRow("yes")]
    [DataRow("a~")]
    [DataRow("#hash")]
    [DataRow("---")]
    [DataRow("...")]
    [DataRow("line\nbreak")]
    [DataRow("tab\there")]
    [DataRow("back\\slash")]
    [DataRow("$HOME")]
    [DataRow("é漢")]
    public void A_path_that_is_set_on_the_command_line_is_taken_as_it_stands(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write($"{name}/{name + ".txt"}", "1 2 3");
        foreach (
            var study in new[]
            {
                "noise: { id: listed, path: /nowhere }",
                "noise: [ { id: blur, rate: 0.1 }, { id: listed, path: /nowhere } ]",
                "noise.path: [ /nowhere, /neither ]",
            }
        )
        {
            var text =
                $"name: t\ndefaults: {{ dataset: colours, model: small, method: plain{(study.StartsWith("noise.path", StringComparison.Ordinal) ? ", noise: { id: listed }" : "")} }}\nmatrix: {{ {study} }}";
            var plan = Studying.Plan(text, $"noise.path={path}");
            var request = plan.Runs.Select(r => r.Request).Single(r => r.Spec.Noise.Id == "listed");
            Assert.AreEqual(path, request.Locations["noise.path"], study);
        }
        // Relative to where the command is given.
        var missing = Assert.ThrowsExactly<SatException>(() => Studying.Plan("", "noise=listed", $"noise.path={name}"));
        Assert.Contains(Path.GetFullPath(name), missing.Message);
    }

    [TestMethod]
    [DataRow("lines", 100, true)]
    [DataRow("lines and a heading", 100, true)]
    [DataRow("lines of an old Mac", 100, true)]
    [DataRow("lines", 99, false)]
    [DataRow("lines", 102, false)]
    [DataRow("array", 100, true)]
    [DataRow("array", 40, false)]
    [DataRow("rows that name their samples", 3, true)]
    public void A_file_of_labels_that_cannot_be_those_of_the_training_set_is_refused_while_planning(string form, int count, bool serves)
    {
        using var folder = new TemporaryFolder();
        string Lines(string end) => string.Concat(Enumerable.Range(0, count).Select(i => $"{i % 2}{end}"));
        var path = folder.Write(
            "labels",
            form switch
            {
                "lines" => Lines("\n"),
                "lines and a heading" => "label\n" + Lines("\n"),
                "lines of an old Mac" => Lines("\r"),
                "rows that name their samples" => "index,label\n1,1\n2,1\n3,1\n",
                _ => "",
            }
        );
        if (form == "array")
        {
            using var file = File.Create(path);
            Npy.Write<long>(file, new long[count], count);
        }
        string[] settings = ["noise=labelled", $"noise.path={path}", "training.batch-size=20"];
        if (serves)
            Assert.HasCount(1, Studying.Plan("", [.. settings, "dataset.count=100"]).Runs);
        else
            Assert.AreEqual(
                $"--set: noise 'labelled': {path} has {count} values, but the training set has 100 samples; it must have one for each, in the same order.",
                Studying.Problems("", [.. settings, "dataset.count=100"]).Single()
            );
        var some = Studying.Plan("", [.. settings, "dataset.count=1000", $"training.samples={count}"]);
        Assert.HasCount(1, some.Runs, "it may be for the samples that are taken");
    }

    [TestMethod]
    [DataRow("a #2", "a #2")]
    [DataRow("*s", "*s")]
    [DataRow("!t", "!t")]
    [DataRow("{y}", "{y}")]
    [DataRow("[x] y", "[x] y")]
    [DataRow(" plain ", "plain")]
    [DataRow("'quoted #1'", "quoted #1")]
    [DataRow("\"quoted: 2\"", "quoted: 2")]
    [DataRow("'quoted' not", "'quoted' not")]
    [DataRow("007", "007")]
    public void A_text_that_is_set_on_the_command_line_is_taken_as_it_stands_unless_quoted(string given, string expected) =>
        Assert.AreEqual(expected, Studying.Plan("", $"method.behaviour={given}").Texts("method.behaviour").Single());

    [TestMethod]
    public void A_list_of_texts_on_the_command_line_is_an_axis() =>
        Assert.AreSequenceEqual(new[] { "one", "two" }, Studying.Plan("", "method.behaviour=[one, two]").Texts("method.behaviour"));

    [TestMethod]
    public void A_path_that_is_given_must_be_there()
    {
        var error = Assert.ThrowsExactly<SatException>(() =>
            Plan(Pebbles.Replace("dataset: pebbles", "dataset: { id: pebbles, path: /nowhere/at-all }"), "/nowhere")
        );
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.StartsWith("study.yaml:2: ", error.Problems[0].ToString());
    }

    [TestMethod]
    public void Several_path_options_keep_their_files_apart()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.npz", "a");
        folder.Write("other/x.npz", "b");
        var request = Plan(
            Pebbles.Replace("dataset: pebbles", $"dataset: {{ id: arrays, train: {folder.At("x.npz")}, test: {folder.At("other")} }}"),
            "/nowhere"
        );
        Assert.AreSequenceEqual(new[] { "test/x.npz", "train/x.npz" }, request.Spec.Dataset.Files!.Keys.Order(StringComparer.Ordinal));
        Assert.AreEqual(folder.At("x.npz"), request.Locations["dataset.train"]);
        Assert.IsNull(request.Spec.Dataset.Variant);
        Assert.IsEmpty(request.Spec.Dataset.Options);
    }

    [TestMethod]
    public void A_noise_can_read_a_file_and_its_path_is_relative_to_the_study()
    {
        using var folder = new TemporaryFolder();
        folder.Write("labels.txt", "1 2 3");
        var study = folder.Write("study.yaml", Pebbles + "\nmatrix: { noise: { id: listed, path: labels.txt } }");
        var plan = Planner.Plan(Studies.Study.Load(study), TestCatalog.Create(), new PlanOptions { DataRoot = "/nowhere", Tool = "test" });
        Assert.AreEqual(folder.At("labels.txt"), plan.Runs[0].Request.Locations["noise.path"]);
        Assert.AreSequenceEqual(new[] { "labels.txt" }, plan.Runs[0].Request.Spec.Noise.Files!.Keys);
    }
}
