using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Studies and settings with slips in them: what is wrong, where, and what was probably meant.</summary>
[TestClass]
public sealed class BadStudyTests
{
    private const string Head = """
        name: tiny
        defaults:
          dataset: { id: shapes, train-samples: 64, test-samples: 32 }
          model: { id: small-conv, width: 4 }
          method: { id: erm }
          training: { epochs: 1, batch-size: 32 }

        """;

    [TestMethod]
    [DataRow(
        "matrix: { dataset: [ { id: shaeps } ] }",
        7,
        "unknown dataset 'shaeps'. Did you mean 'shapes'?",
        "'dotnet sat plugin list'",
        DisplayName = "an unknown dataset"
    )]
    [DataRow(
        "matrix: { model: [ smallconv ] }",
        7,
        "unknown model 'smallconv'. Did you mean 'small-conv'?",
        "",
        DisplayName = "an unknown model"
    )]
    [DataRow("matrix:\n  method: [ { id: ermm } ]", 8, "unknown method 'ermm'. Did you mean 'erm'?", "", DisplayName = "an unknown method")]
    [DataRow(
        "matrix:\n  noise:\n    - { id: symetric, rate: 0.2 }",
        9,
        "unknown noise 'symetric'. Did you mean 'symmetric'?",
        "",
        DisplayName = "an unknown noise"
    )]
    [DataRow(
        "matrix: { training.optimizer: [ { id: sdg } ] }",
        7,
        "unknown optimizer 'sdg'. Did you mean 'sgd'?",
        "",
        DisplayName = "an unknown optimizer"
    )]
    [DataRow(
        "matrix: { noise: [ { id: symmetric, rat: 0.1 } ] }",
        7,
        "noise 'symmetric' has no option 'rat'. Did you mean 'rate'?",
        "Its options are rate",
        DisplayName = "an unknown option"
    )]
    [DataRow(
        "matrix: { method: [ { id: erm, alpha: 0.1 } ] }",
        7,
        "method 'erm' has no option 'alpha'",
        "It has no options",
        DisplayName = "an option of a component without options"
    )]
    [DataRow(
        "matrix: { training.epoch: [ 1 ] }",
        7,
        "a run has no setting 'training.epoch'. Did you mean 'epochs'?",
        "training.batch-size",
        DisplayName = "an unknown setting"
    )]
    [DataRow(
        "matirx: { seed: [1] }",
        7,
        "a study has no 'matirx'. Did you mean 'matrix'?",
        "It has name, description",
        DisplayName = "an unknown top-level key"
    )]
    [DataRow("seed: 1", 7, "a study has no 'seed'", "belong under 'defaults', 'matrix' or 'include'", DisplayName = "a setting at the top")]
    [DataRow(
        "matrix: { training.epochs: [ many ] }",
        7,
        "'epochs' must be an integer >= 1, but is 'many'",
        "",
        DisplayName = "a text for a number"
    )]
    [DataRow(
        "matrix: { seed: [ 1.5 ] }",
        7,
        "'seed' must be an integer in [0, 9007199254740991], but is '1.5'",
        "",
        DisplayName = "a fraction for an integer"
    )]
    [DataRow(
        "matrix: { noise: [ { id: symmetric, rate: 1.5 } ] }",
        7,
        "'rate' must be a number in [0, 1], but is '1.5'",
        "",
        DisplayName = "a value out of range"
    )]
    [DataRow("matrix:\n\tseed: [1]", 8, "indented by a tab", "spaces", DisplayName = "a tab")]
    [DataRow("matrix:\n  seed: [1, 2\n", 8, "not well-formed YAML", "lacks a ',' or its ']'", DisplayName = "a bracket that is not closed")]
    [DataRow("description: 'tiny\n", 7, "not well-formed YAML", "a quote is not closed", DisplayName = "a quote that is not closed")]
    [DataRow(
        "matrix: { seed: [1] }\nname: other",
        8,
        "'name' is given twice, first in line 1",
        "Keep one",
        DisplayName = "a key given twice"
    )]
    [DataRow("matrix: {}", 7, "the matrix is empty", "give it an axis", DisplayName = "an empty matrix")]
    [DataRow("matrix:\n", 7, "the matrix is empty", "give it an axis", DisplayName = "a matrix of nothing")]
    [DataRow("matrix: { seed: [] }", 7, "the axis 'seed' has no values", "Give it values or remove it", DisplayName = "an empty axis")]
    [DataRow(
        "matrix: { noise: [ { id: symmetric, rate: [] } ] }",
        7,
        "'noise.rate' is an empty list",
        "Give it values or remove it",
        DisplayName = "an empty axis within a component"
    )]
    [DataRow(
        "matrix: { seed: [1, 1] }",
        7,
        "yields the same run twice",
        "Remove the value that is repeated",
        DisplayName = "a value given twice"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\nexclude: [ { method: erm } ]",
        7,
        "nothing is left to run",
        "every cell of the matrix is excluded",
        DisplayName = "an exclude of everything"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\nexclude: [ { seed: 3 } ]",
        8,
        "this exclude matches no cell",
        "Correct it or remove it",
        DisplayName = "an exclude of nothing"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\nexclude: [ { method: ermm } ]",
        8,
        "unknown method 'ermm'. Did you mean 'erm'?",
        "",
        DisplayName = "an exclude of an unknown component"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\nexclude: [ { seed: 2 } ]\ninclude: [ { seed: 2 } ]",
        9,
        "this include is excluded again by tiny.yaml:8",
        "Remove one of the two",
        DisplayName = "an include that is excluded"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\ninclude: [ { seed: 2 } ]",
        8,
        "this include repeats a cell of the matrix",
        "Remove it",
        DisplayName = "an include that repeats a cell"
    )]
    [DataRow(
        "baselines: [ label-nois ]",
        7,
        "no published values 'label-nois'. Did you mean 'label-noise'?",
        "",
        DisplayName = "unknown published values"
    )]
    [DataRow(
        "expect: [ { metric: test-accuracy, at-least: 0.5, where: { method: emr } } ]",
        7,
        "selects no run",
        "No run has method.id 'emr'. Did you mean 'erm'?",
        DisplayName = "an expectation of no run"
    )]
    public async Task A_slip_is_told_with_its_line_and_its_remedy(string rest, int line, string what, string remedy)
    {
        using var workshop = new Workshop();
        workshop.Write("tiny.yaml", Head + rest);
        Told.InOneSentence(await workshop.Sat("plan", "tiny.yaml"), ExitCode.Planning, $"error: tiny.yaml:{line}: ", what, remedy);
    }

    [TestMethod]
    public async Task What_is_no_study_file_is_told_so()
    {
        using var workshop = new Workshop();
        workshop.Write("empty.yaml", "");
        workshop.Write("list.yaml", "- a\n- b\n");
        Directory.CreateDirectory(Path.Combine(workshop.Folder, "folder.yaml"));
        Told.InOneSentence(
            await workshop.Sat("plan", "empty.yaml"),
            ExitCode.Planning,
            "empty.yaml:1: the file is empty",
            "'dotnet sat init'"
        );
        Told.InOneSentence(await workshop.Sat("plan", "list.yaml"), ExitCode.Planning, "list.yaml:1: a study is a map", "'name: my-study'");
        Told.InOneSentence(await workshop.Sat("sweep", "folder.yaml"), ExitCode.Planning, "folder.yaml is a folder", "name the study file");
        Told.InOneSentence(
            await workshop.Sat("sweep", "nowhere.yaml"),
            ExitCode.Planning,
            "no study file nowhere.yaml",
            "'dotnet sat init' makes one"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task Several_slips_are_told_at_once_in_the_order_of_the_lines_and_nothing_is_begun()
    {
        using var workshop = new Workshop();
        workshop.Write(
            "bad.yaml",
            """
            name: Bad Name
            defaults:
              dataset: { id: shaeps }
              model: { id: small-conv, widht: 4 }
              method: erm
              training: { epochs: 0, batchsize: 3 }
            matrix: { seed: [1, x] }
            exclude: [ { methd: erm } ]
            baselines: [ label-nois ]
            """
        );
        Told.InSentences(
            await workshop.Sat("sweep", "bad.yaml", "--set", "trainin.epochs=3", "--preset", "smok"),
            ExitCode.Planning,
            "bad.yaml:1: the name 'Bad Name'",
            "bad.yaml:3: unknown dataset 'shaeps'",
            "bad.yaml:4: model 'small-conv' has no option 'widht'",
            "bad.yaml:6: a run has no setting 'training.batchsize'",
            "bad.yaml:6: training: 'epochs' must be",
            "bad.yaml:7: the run: 'seed' must be",
            "bad.yaml:8: a run has no setting 'methd'",
            "bad.yaml:9: there are no published values 'label-nois'",
            "--set: a run has no setting 'trainin.epochs'",
            "--preset: unknown preset 'smok'. Did you mean 'smoke'?"
        );
        Assert.IsEmpty(Directory.GetDirectories(workshop.Folder));
    }

    [TestMethod]
    [DataRow("training.epochs", "'training.epochs' is not of the form path=value", "such as training.epochs=10")]
    [DataRow("trainin.epochs=3", "a run has no setting 'trainin.epochs'. Did you mean 'training'?", "")]
    [DataRow("model.widht=8", "no model of this study has an option 'widht'. Did you mean 'width'?", "")]
    [DataRow("method=ermm", "unknown method 'ermm'. Did you mean 'erm'?", "")]
    [DataRow("training.epochs=many", "'epochs' must be an integer >= 1, but is 'many'", "")]
    [DataRow("model.width=0", "'width' must be an integer in [1, 4096], but is '0'", "")]
    [DataRow("training.epochs=[1,", "not well-formed YAML", "is missing here")]
    [DataRow("training.epochs=[]", "'training.epochs' is an empty list", "Give it values")]
    public async Task A_slip_on_the_command_line_is_told_with_its_option(string set, string what, string remedy)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        Told.InOneSentence(await workshop.Sat("plan", "tiny.yaml", "--set", set), ExitCode.Planning, "error: --set: ", what, remedy);
    }

    [TestMethod]
    public async Task A_single_runs_options_are_named_in_its_errors()
    {
        using var workshop = new Workshop();
        Told.InSentences(
            await workshop.Sat("run", "--dataset", "shaeps", "--model", "small-conv", "--method", "ermm", "--set", "model.width=0"),
            ExitCode.Planning,
            "--dataset: unknown dataset 'shaeps'. Did you mean 'shapes'?",
            "--set: model 'small-conv': 'width' must be",
            "--method: unknown method 'ermm'. Did you mean 'erm'?"
        );
        Told.InSentences(
            await workshop.Sat("run", "--seed", "-3", "--epochs", "0"),
            ExitCode.Planning,
            "--seed is '-3': it takes a whole number from 0",
            "--epochs is '0': it takes a whole number from 1"
        );
        Told.InSentences(await workshop.Sat("run", "--dataset", "shapes"), ExitCode.Planning, "--model is missing", "--method is missing");
        Told.InOneSentence(await workshop.Sat("run", "--seed", "x"), ExitCode.Planning, "--seed is 'x': it takes a whole number");
        Told.InOneSentence(
            await workshop.Sat("run", "--modle", "x"),
            ExitCode.Planning,
            "unknown option '--modle'. Did you mean '--model'?"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task A_request_edited_by_hand_is_checked_as_a_plan_is()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var request = await File.ReadAllTextAsync(workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).RequestFile);

        async Task<Outcome> Edited(string from, string to)
        {
            Assert.Contains(from, request);
            workshop.Write("request.json", request.Replace(from, to, StringComparison.Ordinal));
            return await workshop.Sat("run", "--spec", "request.json", "--out", "again");
        }

        Told.InOneSentence(
            await Edited("\"width\": 4", "\"widht\": 4"),
            ExitCode.Planning,
            "request.json: model 'small-conv' has no option 'widht'. Did you mean 'width'?"
        );
        Told.InOneSentence(
            await Edited("\"width\": 4", "\"width\": 0"),
            ExitCode.Planning,
            "request.json: model 'small-conv': 'width' must be"
        );
        Told.InOneSentence(await Edited("\"epochs\": 1", "\"epochs\": 0"), ExitCode.Planning, "request.json: training: 'epochs' must be");
        Told.InOneSentence(
            await Edited("\"id\": \"erm\"", "\"id\": \"ermm\""),
            ExitCode.Planning,
            "unknown method 'ermm'. Did you mean 'erm'?"
        );
        Told.InOneSentence(
            await Edited("\"seed\": 1", "\"seed\": \"x\""),
            ExitCode.Planning,
            "request.json:",
            "'spec.seed'",
            "--spec takes the request.json"
        );
        Told.InOneSentence(
            await workshop.Sat("run", "--spec", "tiny.yaml"),
            ExitCode.Planning,
            "tiny.yaml:1: ",
            "not JSON",
            "--spec takes the request.json"
        );
        Told.InOneSentence(
            await workshop.Sat("run", "--spec", "nowhere.json"),
            ExitCode.Planning,
            "no file nowhere.json",
            "It takes the request.json"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "again")), "nothing was begun");
    }

    [TestMethod]
    public async Task What_only_the_data_can_tell_fails_its_run_with_2_and_the_others_go_on()
    {
        using var workshop = new Workshop();
        workshop.WritePhotos(40);
        string[] sweeping =
        [
            "sweep",
            "tiny.yaml",
            "--threads",
            "1",
            "--set",
            "dataset=image-folder",
            "--set",
            "dataset.path=photos",
            "--set",
            "dataset.size=8",
        ];
        workshop.WriteStudy("training.samples: [0]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat(sweeping)).ExitCode);
        var finished = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).Path;
        var before = Told.Contents(finished);

        workshop.WriteStudy("training.samples: [0, 99999, 32]");
        var sweep = await workshop.Sat(sweeping);

        Told.AsFailedRuns(sweep, ExitCode.Planning, ["training.samples is 99999, but image-folder has 64 training samples", "Lower it"]);
        Assert.Contains("runs: 1 done, 1 done before, 1 failed", sweep.Error);
        Told.Untouched(before, finished);
    }
}
