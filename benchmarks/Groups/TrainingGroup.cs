using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>Training by the tool, beside the same in plain TorchSharp and in PyTorch.</summary>
internal sealed class TrainingGroup : Group
{
    private const string TorchSharpLoop = "TorchSharp loop";
    private const string PyTorch = "PyTorch";
    private const int BatchSize = 128;
    private static readonly int[] Threads = [1, 2];

    public override string Name => "training";

    public override string Title => "Training";

    public override string About =>
        """
        The tool sweeps a study of one run (`benchmarks/studies/training.yaml`). Its peers are the same training as one writes it: a loop in
        TorchSharp (`benchmarks/Subjects/TorchSharpLoop.cs`) and one in PyTorch (`benchmarks/peers/train.py`), with their libraries' defaults and the same
        net, the same random images of 32x32 pixels, batches of 128, SGD with momentum and weight decay, crop, flip and normalisation as batched tensor
        code, the same number of threads, and one evaluation at the end. *Tuned* is the PyTorch loop with what it offers for the CPU: weights and
        batches channels-last, the optimizer's foreach kernels, losses summed without being read; nothing is asked beside it. All start as processes.
        *Training alone* is what each tells of its epochs but the first; *whole process* is all training images over the time from start to end,
        with the tool's report in it. What the tool's own choices gain stands below, under "Switches".
        """;

    public override double Minutes => 6.5;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => new Target(1, OfRatio: true) { Peers = [TorchSharpLoop, PyTorch] }),
        new(MeasureNames.WholeRate, "Whole process", "images/s", 1, MoreIsBetter: true, _ => null),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        from training in Groups.Cases.Given.Training
        from threads in Threads
        select new Case(
            $"{training.Name}, {(threads == 1 ? "1 thread" : $"{threads} threads")}",
            [
                new Subject("dotnet-sat", () => Engine(place, training, threads)),
                new Subject(TorchSharpLoop, () => Peer(place.Subject(["train", .. Arguments(place, training, threads)]), training)),
                new Subject(PyTorch, () => Peer(place.Python("train.py", Arguments(place, training, threads)), training), place.PythonMissing),
                new Subject("PyTorch, tuned", () => Peer(place.Python("train.py", ["--tuned", .. Arguments(place, training, threads)]), training), place.PythonMissing),
            ]);

    private static Dictionary<string, double> Engine(Workplace place, TrainingCase training, int threads)
    {
        var run = EngineRun.Sweep(place, "training.yaml", threads,
        [
            $"dataset.path={place.Data}", $"training.samples={Text(training.Samples)}", $"training.epochs={Text(training.Epochs)}",
            $"training.batch-size={Text(BatchSize)}", .. training.Set,
        ]);
        return Result(run.Process, training, run.EpochSeconds);
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
