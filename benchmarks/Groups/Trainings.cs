using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>One training, by the tool and by its peers, each in processes of its own.</summary>
/// <param name="place">Where.</param>
/// <param name="training">What is trained.</param>
/// <param name="threads">Threads within an operation.</param>
/// <param name="testSamples">Images of the evaluation at its end.</param>
internal sealed class Trainings(Workplace place, TrainingCase training, int threads, int testSamples = Workplace.TestSamples)
{
    public const string TorchSharpLoop = "TorchSharp loop";
    public const string PyTorch = "PyTorch";

    /// <summary>The tool.</summary>
    /// <param name="name">Its name on the page.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="options">More options of <c>sweep</c>.</param>
    public Subject Engine(
        string name = "dotnet-sat",
        IReadOnlyDictionary<string, string>? variables = null,
        params IReadOnlyList<string> options
    ) => new(name, () =>
        {
            var run = EngineRun.Sweep(
                place,
                variables ?? new Dictionary<string, string>(),
                "training.yaml",
                threads,
                [
                    $"dataset.path={Data}",
                    $"training.samples={Text(training.Samples)}",
                    $"training.epochs={Text(training.Epochs)}",
                    $"training.batch-size={Text(training.BatchSize)}",
                    .. training.Set,
                ],
                ["--device", place.Device, .. options]
            );
            return Result(run.Process, run.EpochSeconds);
        });

    /// <summary>A plain loop in TorchSharp.</summary>
    public Subject PlainTorchSharp() => new(TorchSharpLoop, () => Peer(place.Subject(["train", "--loss", training.Loss, .. Arguments])));

    /// <summary>A plain loop in PyTorch.</summary>
    public Subject PlainPyTorch() => new(PyTorch, () => Peer(Python("train.py", "--loss", training.Loss)), place.PythonMissing);

    /// <summary>The same with what PyTorch has to offer.</summary>
    /// <param name="name">Its name on the page.</param>
    /// <param name="options">More options of <c>train.py</c>.</param>
    public Subject TunedPyTorch(string name = "PyTorch, tuned", params IReadOnlyList<string> options) =>
        new(name, () => Peer(Python("train.py", ["--loss", training.Loss, "--tuned", .. options])), place.PythonMissing);

    /// <summary>The same, compiled.</summary>
    public Subject CompiledPyTorch(string name, params IReadOnlyList<string> options) =>
        TunedPyTorch(name, ["--compiled", .. options]) is var subject && place.CompilerMissing is { } missing
            ? subject with
            {
                Missing = missing,
            }
            : subject;

    /// <summary>The way of the published code.</summary>
    public Subject Published(string name) => new(name, () => Peer(Python("published.py")), place.PythonMissing);

    /// <summary>How fast the training would be on a card if all of its arithmetic were products of large matrices.</summary>
    /// <param name="name">Its name on the page.</param>
    /// <param name="precision">The products' precision.</param>
    public Subject Ceiling(string name, string precision) =>
        new(
            name,
            () =>
            {
                var process = place.Subject("products", "--precision", precision, "--threads", Text(threads), "--device", place.Device);
                return new Dictionary<string, double>
                {
                    [MeasureNames.TrainingRate] =
                        SatJson.Read<Dictionary<string, double>>(process.Output)[MeasureNames.OperationsPerSecond]
                        / training.OperationsPerImage!.Value,
                };
            },
            place.Device == "cpu"
                ? "on a CPU, libtorch's convolutions and its matrix products come from different libraries, and the first is faster"
                : null
        );

    private string Data => place.Data(testSamples);

    private string[] Arguments =>
        [
            "--data",
            Data,
            "--net",
            training.Net,
            "--width",
            Text(training.Width),
            "--samples",
            Text(training.Samples),
            "--test-samples",
            Text(testSamples),
            "--epochs",
            Text(training.Epochs),
            "--batch-size",
            Text(training.BatchSize),
            "--threads",
            Text(threads),
        ];

    private MeasuredProcess Python(string script, params IReadOnlyList<string> options) =>
        place.Python(script, [.. options, .. Arguments, "--device", place.Device]);

    private Dictionary<string, double> Peer(MeasuredProcess process) =>
        Result(process, SatJson.Read<JsonObject>(process.Output)["seconds"]!.AsArray().Select(s => s!.GetValue<double>()));

    private Dictionary<string, double> Result(MeasuredProcess process, IEnumerable<double> epochSeconds) =>
        training.Epochs == 1
            ? process.Measures()
            : process.Measures(
                (MeasureNames.TrainingRate, training.Samples * (training.Epochs - 1) / epochSeconds.Skip(1).Sum()),
                (MeasureNames.WholeRate, training.Samples * training.Epochs / process.Seconds)
            );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
