using Sat.Records.Arrays;
using Sat.Records.Figures;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class MethodFilesTests
{
    private static readonly TableFigure Table = new()
    {
        Title = "Two words",
        Columns = ["a", "b"],
        Rows =
        [
            ["1", "2"],
        ],
    };

    [TestMethod]
    public void What_a_method_leaves_lies_beside_the_run_with_its_checksum_and_knows_the_final_weights()
    {
        using var scope = NewDisposeScope();
        string[] names = [];
        using var run = Ran.Done(Runs.Spec(), Runs.With(task => new Leaving(task, (method, files) =>
            {
                Assert.IsFalse(method.Network.training, "evaluation mode");
                Assert.IsFalse(is_grad_enabled(), "no gradients");
                names = [.. method.Network.named_parameters().Select(p => p.name)];
                var sum = method.Network.parameters().Sum(p => p.sum().Number());
                files.Write("sum.npy", s => Npy.Write<double>(s, [sum], 1));
                files.Draw("two-words", Table);
            })));

        Assert.AreEqual(
            Runs.Weights(run).Where(w => names.Contains(w.Key)).Sum(w => w.Value.sum().Number()),
            BitConverter.ToDouble(run.Array("method-sum.npy").Bytes),
            1e-4
        );
        Assert.Contains("method-sum.npy", run.Record.Outputs.Keys);
        Assert.Contains("figure-two-words.json", run.Record.Outputs.Keys);
        var figure = (TableFigure)SatJson.Read<Figure>(File.ReadAllText(run.Folder.FigureFile("two-words")));
        Assert.AreEqual("Two words", figure.Title);
        CollectionAssert.AreEqual(new[] { "1", "2" }, figure.Rows[0].ToArray());
        Assert.IsEmpty(RunIntegrity.Outcome(run.Folder, run.Record));
    }

    [TestMethod]
    [DataRow("../weights.safetensors")]
    [DataRow("Losses.npy")]
    [DataRow("losses")]
    [DataRow("a/b.npy")]
    [DataRow("a..npy")]
    public void A_file_that_would_lie_elsewhere_or_hide_fails_the_run(string name) =>
        AssertFails(files => files.Write(name, _ => { }), $"names a file '{name}'");

    [TestMethod]
    [DataRow("../x")]
    [DataRow("A")]
    [DataRow("")]
    [DataRow("a.json")]
    public void A_figure_of_another_kind_of_name_fails_the_run(string name) =>
        AssertFails(files => files.Draw(name, Table), $"names a figure '{name}'");

    [TestMethod]
    [DynamicData(nameof(Undrawable))]
    public void A_figure_that_no_report_could_draw_fails_the_run(Figure figure, string problem) =>
        AssertFails(files => files.Draw("mine", figure), $"leaves a figure 'mine' that {problem}");

    public static IEnumerable<object[]> Undrawable =>
        [
            [Table with { Title = " " }, "has no title"],
            [Table with { Title = new string('a', 201) }, "has a text of more than 200 characters"],
            [Table with { Columns = [] }, "has no columns"],
            [
                Table with
                {
                    Rows =
                    [
                        ["1"],
                    ],
                },
                "has 2 columns, and a row with another number of texts",
            ],
            [Lines([1, 2], [1]), "has 2 places and 1 values in the line 'a'"],
            [Lines([], []), "has no point in the line 'a'"],
            [Lines([1], [double.NaN]), "has a number that is not finite"],
            [
                Lines([.. Enumerable.Range(0, 2001)], [.. Enumerable.Range(0, 2001)]),
                "has 2001 points in a line; a report shows at most 2000",
            ],
            [Bars(), "has no bars"],
            [Bars(double.PositiveInfinity), "has a number that is not finite"],
            [Bars(-1e101), "has a number beyond 1e100"],
            [Bars([.. Enumerable.Repeat(1.0, 101)]), "has 101 bars; a report shows at most 100"],
            [
                Matrix([
                    [1, 2],
                ]),
                "has 2 x 2 labels, and other numbers of values",
            ],
            [
                Matrix([
                    [1, 2],
                    [3],
                ]),
                "has 2 x 2 labels, and other numbers of values",
            ],
            [
                Matrix([
                    [1, 2],
                    [3, double.NegativeInfinity],
                ]),
                "has a number that is not finite",
            ],
        ];

    private static LineFigure Lines(double[] x, double[] y) =>
        new()
        {
            Title = "t",
            X = "x",
            Y = "y",
            Lines = [new("a", x, y)],
        };

    private static BarFigure Bars(params double[] values) =>
        new()
        {
            Title = "t",
            X = "x",
            Y = "y",
            Bars = [.. values.Select(v => new FigureBar("b", v))],
        };

    private static MatrixFigure Matrix(double[][] values) =>
        new()
        {
            Title = "t",
            Down = "d",
            Across = "a",
            Rows = ["1", "2"],
            Columns = ["1", "2"],
            Values = values,
        };

    private static void AssertFails(Action<IRunFiles> write, string sentence)
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Leaving(task, (_, files) => write(files))));
        Assert.Contains("the method 'erm'", error);
        Assert.Contains(sentence, error);
    }

    private sealed class Leaving(TrainingTask task, Action<Method, IRunFiles> write) : ClassifierMethod(task), IMethodFiles
    {
        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);

        public void WriteFiles(IRunFiles files) => write(this, files);
    }
}
