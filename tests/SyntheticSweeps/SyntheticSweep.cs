using System.Text;
using System.Text.Json.Nodes;
using Sat.Records.Arrays;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.SyntheticSweeps;

/// <summary>
/// A label-noise study of any size in an output folder, as a sweep leaves it: datasets and models x five noises x five methods x
/// five seeds, of which some have failed, diverged, been interrupted or not begun. Made up, and the same each time.
/// </summary>
public static class SyntheticSweep
{
    private const int Seeds = 5;

    private static readonly double[] Rates = [0, 0.2, 0.4, 0.6, 0.8];
    private static readonly (string Id, double Resistance, bool Corrects)[] Methods =
    [
        ("erm", 0, false),
        ("label-smoothing", 0.25, false),
        ("gce", 0.7, false),
        ("sat", 0.9, true),
        ("sat-sce", 0.93, true),
    ];

    private static readonly (string Id, (string Name, JsonNode Value)[] Options, double Ceiling)[] Models =
    [
        ("resnet34", [("width", 64)], 0.952),
        ("resnet18", [("width", 64)], 0.948),
        ("resnet18", [("width", 16)], 0.915),
        ("small-conv", [("width", 24)], 0.84),
        ("wrn", [("depth", 28), ("widen-factor", 10)], 0.962),
    ];

    private static readonly string[] Errors =
    [
        "the worker ended without a word (signal 9): the system may have run out of memory; try fewer --jobs or a smaller training.batch-size",
        "the dataset's file test_batch.bin has another checksum than the plan says",
    ];

    /// <summary>Writes plan and run folders; a folder that is there is written over.</summary>
    /// <param name="outputFolder">Where.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="epochs">Epochs of each.</param>
    /// <param name="names">What things are called; null: as a person would.</param>
    public static void Write(string outputFolder, int runs, int epochs, SweepNames? names = null)
    {
        var sweep = new Writer(outputFolder, epochs, names ?? SweepNames.Plain);
        var specs = Specs(epochs, names ?? SweepNames.Plain).Take(runs).ToArray();
        if (specs.Length < runs)
            throw new ArgumentOutOfRangeException(nameof(runs), runs, $"a study of this kind has at most {specs.Length} runs");
        Directory.CreateDirectory(outputFolder);
        Parallel.For(0, runs, i => sweep.WriteRun(specs[i], i));
        sweep.WritePlan([.. specs.Select(s => s.Spec)]);
    }

    private static IEnumerable<(RunSpec Spec, LearningCurve Curve)> Specs(int epochs, SweepNames names) =>
        from batch in new[] { 256, 128, 512, 64 }
        from dataset in new[] { ("cifar10", 0.0), ("cifar100", 0.21) }
        from model in Models
        from rate in Rates
        from method in Methods
        from seed in Enumerable.Range(1, Seeds)
        let spec = new RunSpec
        {
            Dataset = new ComponentSpec
            {
                Id = names.Name(dataset.Item1),
                Variant = "published",
                Files = new Dictionary<string, string> { [names.Name("train.bin")] = new('a', 64) },
            },
            Noise =
                rate == 0
                    ? OutputFolder.Component(names.Name("none"))
                    : OutputFolder.Component(names.Name("symmetric"), ("rate", rate), ("redraw", names.Name("all-classes"))),
            Model = OutputFolder.Component(names.Name(model.Id), [.. model.Options.Select(o => (names.Name(o.Name), o.Value.DeepClone()))]),
            Method = method.Corrects
                ? OutputFolder.Component(
                    names.Name(method.Id),
                    (names.Name("alpha"), 0.9),
                    (names.Name("start-epoch"), 60),
                    (names.Name("reweight"), true),
                    ("adjust-for-width", false)
                )
                : OutputFolder.Component(names.Name(method.Id)),
            Training = new TrainingSpec
            {
                Epochs = epochs,
                BatchSize = batch,
                Optimizer = OutputFolder.Component(
                    "sgd",
                    ("lr", 0.1),
                    ("momentum", 0.9),
                    ("weight-decay", 0.0005),
                    ("nesterov", false),
                    ("dampening", 0)
                ),
                Schedule = OutputFolder.Component("cosine", ("per", "epoch"), ("minimum", 0)),
                Augmentation = OutputFolder.Component("crop-flip", ("padding", 4), ("flip", 0.5)),
            },
            Seed = seed,
        }
        select (spec, new LearningCurve(model.Ceiling - dataset.Item2, 0.9 * rate, method.Resistance, method.Corrects, HashCode(spec)));

    /// <summary>Of equal specifications equal, in every process.</summary>
    private static int HashCode(RunSpec spec) =>
        int.Parse(spec.Id().AsSpan(0, 7), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Writer(string outputFolder, int epochs, SweepNames names)
    {
        public void WriteRun((RunSpec Spec, LearningCurve Curve) planned, int index)
        {
            var (spec, curve) = planned;
            var status = index switch
            {
                _ when index % 97 == 13 => RunStatus.Failed,
                _ when index % 151 == 7 => RunStatus.Diverged,
                _ when index % 199 == 5 => RunStatus.Interrupted,
                _ => RunStatus.Done,
            };
            if (index % 251 == 9)
                return;
            var folder = RunFolder.For(outputFolder, spec.Id());
            Directory.CreateDirectory(folder.Path);
            var rows = curve.Epochs(epochs).Take(status == RunStatus.Done ? epochs : Math.Max(1, epochs / 3)).ToArray();
            File.WriteAllText(folder.RequestFile, SatJson.WriteIndented(Request(spec)));
            File.WriteAllText(folder.MetricsFile, Lines(rows.Select((r, i) => new MetricsRow(i + 1, r))));
            File.WriteAllText(
                folder.TelemetryFile,
                Lines(rows.Select((_, i) => new TelemetryRow(i + 1, 23.5, 2.5, 2100 + i % 7, 812_345_678, 412)))
            );
            WriteSealed(folder.RecordFile, Record(spec, status, curve, rows, index));
            if (status == RunStatus.Done)
                WriteConfusion(folder, rows[^1][MetricNames.TestAccuracy]);
        }

        /// <summary>Without waiting for the disk: there are thousands.</summary>
        private static void WriteSealed<T>(string path, T value)
        {
            using var file = File.Create(path);
            SealedJson.Write(file, value);
        }

        public void WritePlan(IReadOnlyList<RunSpec> specs) =>
            WriteSealed(
                Path.Combine(outputFolder, Plan.FileName),
                new Plan
                {
                    Name = names.Name("label-noise"),
                    Description = names.Remark("Does self-adaptive training withstand label noise, whatever the network?"),
                    Preset = names.Name("paper"),
                    Study = names.Remark("name: label-noise\n"),
                    Created = OutputFolder.Created,
                    Tool = "0.1.0",
                    Runs = [.. specs.Select(s => new PlannedRun(s.Id(), Request(s)))],
                    Baselines = ["label-noise"],
                    Expectations =
                    [
                        new Expectation
                        {
                            Metric = MetricNames.TestAccuracy,
                            Where = new Dictionary<string, string> { ["method.id"] = names.Name("sat"), ["noise.rate"] = "0.4" },
                            Above = new Dictionary<string, string> { ["method.id"] = names.Name("erm") },
                            Because = names.Remark("soft targets set wrong labels right"),
                        },
                    ],
                    Notes = [names.Remark("sat-sce is an interpretation: the paper gives no formula for it.")],
                }
            );

        private static RunRequest Request(RunSpec spec) => new(spec, new Dictionary<string, string>());

        private RunRecord Record(
            RunSpec spec,
            RunStatus status,
            LearningCurve curve,
            IReadOnlyDictionary<string, double>[] rows,
            int index
        ) =>
            new()
            {
                Id = spec.Id(),
                Spec = spec,
                Status = status,
                Error = status switch
                {
                    RunStatus.Failed => names.Remark(Errors[index / 97 % Errors.Length]),
                    RunStatus.Diverged => names.Remark($"the loss became NaN at epoch {rows.Length + 1}"),
                    RunStatus.Interrupted => names.Remark("stopped by SIGTERM"),
                    _ => null,
                },
                Started = OutputFolder.Created.AddMinutes(index),
                Ended = status == RunStatus.Done ? OutputFolder.Created.AddMinutes(index + 90) : null,
                Seconds = status == RunStatus.Done ? 5400.5 + index : null,
                ImagesPerSecond = status == RunStatus.Done ? 2100.25 + index % 97 : null,
                PeakMemoryBytes = status == RunStatus.Done ? 1_812_345_678 + index : null,
                Environment = new RunEnvironment
                {
                    Tool = "0.1.0+abcdef0",
                    DotNet = "10.0.1",
                    TorchSharp = "0.107.0",
                    LibTorch = "2.10.0",
                    Os = names.Name("Debian GNU/Linux 12"),
                    Cpu = names.Name("Example CPU 3000"),
                    CpuCapability = "AVX512",
                    Device = "cpu",
                    Threads = 2,
                    Machine = names.Name($"node-{index % 4}"),
                    Plugins = new Dictionary<string, string> { [names.Name("sat.supervised")] = "0.1.0" },
                },
                Data = new RunData
                {
                    Classes = names.Classes,
                    ImageShape = [3, 32, 32],
                    Train = 50_000,
                    Validation = 0,
                    Test = 10_000,
                    WrongLabels = curve.WrongLabels == 0 ? 0 : curve.WrongLabels + 0.0001 * (index % 13),
                    NoiseHash = curve.WrongLabels == 0 ? null : new string('b', 64),
                },
                Derived = curve.Corrects ? new JsonObject { [names.Name("alpha")] = 0.9 } : null,
                Final = status == RunStatus.Done ? rows[^1] : null,
            };

        private static void WriteConfusion(RunFolder folder, double accuracy)
        {
            var wrong = 1 - accuracy;
            var counts = Enumerable
                .Range(0, 100)
                .Select(i => (long)Math.Round(1000 * (i / 10 == i % 10 ? accuracy : wrong * (1 + i / 10 * (i % 10) % 7) / 36)))
                .ToArray();
            using var file = File.Create(folder.ConfusionFile);
            Npy.Write<long>(file, counts, 10, 10);
        }

        private static string Lines<T>(IEnumerable<T> rows)
        {
            var text = new StringBuilder();
            foreach (var row in rows)
                text.Append(SatJson.Write(row)).Append('\n');
            return text.ToString();
        }
    }
}
