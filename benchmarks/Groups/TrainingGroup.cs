using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Groups;

/// <summary>Training by the tool, beside the same in plain TorchSharp and in PyTorch.</summary>
internal sealed class TrainingGroup : Group
{
    private const int BatchSize = 128;
    private static readonly int[] Threads = [1, 2];

    public override string Name => "training";

    public override string Title => "Training";

    public override string About =>
        """
        The tool sweeps a study of one run (`benchmarks/studies/training.yaml`). Its peers are the same training as one writes it: a loop in
        TorchSharp (`benchmarks/Subjects/TorchSharpLoop.cs`) and one in PyTorch (`benchmarks/peers/train.py`), with the same net, the same
        random images of 32x32 pixels, batches of 128, SGD with momentum and weight decay, crop, flip and normalisation as batched tensor
        code, the same number of threads, and one evaluation at the end. All start as processes. *Training alone* is what each tells of its epochs but
        the first; *whole process* is all training images over the time from start to end, with the tool's report in it.
        """;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => new Target(1, OfRatio: true)),
        new(MeasureNames.WholeRate, "Whole process", "images/s", 1, MoreIsBetter: true, _ => new Target(1, OfRatio: true)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        from training in Groups.Cases.Given.Training
        from threads in Threads
        select new Case(
            $"{training.Name}, {(threads == 1 ? "1 thread" : $"{threads} threads")}",
            [
                new Subject("dotnet-sat", () => Engine(place, training, threads)),
                new Subject("TorchSharp loop", () => Peer(place.Subject(["train", .. Arguments(place, training, threads)]), training)),
                new Subject("PyTorch", () => Peer(place.Python("train.py", Arguments(place, training, threads)), training), place.PythonMissing),
            ]);

    private static Dictionary<string, double> Engine(Workplace place, TrainingCase training, int threads)
    {
        var output = Path.Combine(place.Folder, "training");
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        string[] settings =
        [
            $"dataset.path={place.Data}", $"training.samples={Text(training.Samples)}", $"training.epochs={Text(training.Epochs)}",
            $"training.batch-size={Text(BatchSize)}", .. training.Set,
        ];
        var process = place.Tool(["sweep", Workplace.Study("training.yaml"), "--out", output, "--threads", Text(threads), .. settings.SelectMany(s => new[] { "--set", s })]);
        var epochs = Directory.EnumerateDirectories(output)
            .Select(d => new RunFolder(d))
            .Where(f => File.Exists(f.TelemetryFile))
            .Select(f => JsonLines.Read<TelemetryRow>(f.TelemetryFile))
            .Single();
        return Result(process, training, epochs.Select(e => e.TrainSeconds));
    }

    private static Dictionary<string, double> Peer(MeasuredProcess process, TrainingCase training) =>
        Result(process, training, SatJson.Read<JsonObject>(process.Output)["seconds"]!.AsArray().Select(s => s!.GetValue<double>()));

    private static Dictionary<string, double> Result(MeasuredProcess process, TrainingCase training, IEnumerable<double> epochSeconds) => process.Measures(
        (MeasureNames.TrainingRate, training.Samples * (training.Epochs - 1) / epochSeconds.Skip(1).Sum()),
        (MeasureNames.WholeRate, training.Samples * training.Epochs / process.Seconds));

    private static string[] Arguments(Workplace place, TrainingCase training, int threads) =>
    [
        "--data", place.Data, "--net", training.Net, "--width", Text(training.Width), "--loss", training.Loss, "--samples", Text(training.Samples),
        "--epochs", Text(training.Epochs), "--batch-size", Text(BatchSize), "--threads", Text(threads),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
