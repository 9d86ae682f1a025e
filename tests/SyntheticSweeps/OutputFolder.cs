using System.Text.Json.Nodes;
using Sat.Records.Arrays;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Records.Statistics;

namespace Sat.SyntheticSweeps;

/// <summary>An output folder on disk, as a sweep leaves it, made run by run.</summary>
public sealed class OutputFolder : IDisposable
{
    public static readonly DateTimeOffset Created = new(2026, 3, 4, 5, 6, 0, TimeSpan.Zero);

    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private readonly List<PlannedRun> _runs = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("sat-reports-").FullName;

    public string Name { get; set; } = "label-noise";

    public string? Description { get; set; } = "Does self-adaptive training withstand label noise where ERM memorises it?";

    public IReadOnlyList<string> Baselines { get; set; } = ["label-noise"];

    public List<Expectation> Expectations { get; } = [];

    public List<string> Notes { get; } = [];

    public IReadOnlyList<PlannedRun> Runs => _runs;

    /// <summary>The protocol of the paper's official runs, or a small one with the same net.</summary>
    public static RunSpec Spec(string method, double rate, long seed, bool paper) =>
        new()
        {
            Dataset = new ComponentSpec
            {
                Id = "cifar10",
                Variant = paper ? "published" : "re-encoded",
                Files = new Dictionary<string, string> { ["data_batch_1.bin"] = new('a', 64) },
            },
            Noise = rate == 0 ? new ComponentSpec { Id = "none" } : Component("symmetric", ("rate", rate), ("redraw", "all-classes")),
            Model = Component("resnet34", ("width", 64)),
            Method =
                method == "sat"
                    ? Component(
                        "sat",
                        ("alpha", paper ? 0.9 : 0.7),
                        ("start-epoch", paper ? 60 : 4),
                        ("reweight", true),
                        ("adjust-for-width", false)
                    )
                    : Component(method),
            Training = new TrainingSpec
            {
                Epochs = paper ? 200 : 12,
                BatchSize = paper ? 256 : 128,
                Samples = paper ? 0 : 5000,
                Optimizer = Component(
                    "sgd",
                    ("lr", 0.1),
                    ("momentum", 0.9),
                    ("weight-decay", 0.0005),
                    ("nesterov", false),
                    ("dampening", 0)
                ),
                Schedule = Component("cosine", ("per", "epoch"), ("minimum", 0)),
                Augmentation = paper ? Component("crop-flip", ("padding", 4), ("flip", 0.5)) : Component("none"),
            },
            Seed = seed,
        };

    public static ComponentSpec Component(string id, params (string Name, JsonNode Value)[] options) =>
        new() { Id = id, Options = new JsonObject(options.Select(o => KeyValuePair.Create(o.Name, (JsonNode?)o.Value))) };

    /// <summary>Adds a run to the plan, and nothing to the disk.</summary>
    public RunFolder Plan(RunSpec spec)
    {
        _runs.Add(new PlannedRun(spec.Id(), new RunRequest(spec, new Dictionary<string, string>())));
        return RunFolder.For(Path, spec.Id());
    }

    /// <summary>Adds a finished run that ends at an accuracy.</summary>
    public RunFolder Done(RunSpec spec, double accuracy, double noisyTrain = 0.98, double? recovered = null, bool best = false)
    {
        var folder = Begin(spec, RunStatus.Done, spec.Training.Epochs, accuracy, noisyTrain, recovered);
        var final = folder.ReadMetrics()[^1].Values;
        folder.WriteRecord(
            folder.ReadRecord()! with
            {
                Ended = Created.AddMinutes(30 + spec.Seed),
                Seconds = 1234.5 + spec.Seed,
                ImagesPerSecond = 1520.25,
                PeakMemoryBytes = 812_345_678,
                Final = final,
                Best = best
                    ? new BestEpoch(
                        3,
                        MetricNames.NoisyValidationAccuracy,
                        new Dictionary<string, double>(final) { [MetricNames.TestAccuracy] = accuracy + 0.03 }
                    )
                    : null,
            }
        );
        var confusion = new long[100];
        for (var i = 0; i < 100; i++)
            confusion[i] = i / 10 == i % 10 ? (long)Math.Round(1000 * accuracy) : (long)Math.Round(1000 * (1 - accuracy) / 9);
        (confusion[35], confusion[34]) = (confusion[35] + confusion[34] - 5, 5);
        using var file = File.Create(folder.ConfusionFile);
        Npy.Write<long>(file, confusion, 10, 10);
        return folder;
    }

    /// <summary>Adds a finished self-supervised run, and a finished linear evaluation of it.</summary>
    public void DoneAndEvaluated(string method, double linear, bool collapsed, long seed = 1)
    {
        var spec = Spec(method, 0, seed, paper: false);
        Ended(
            Begin(spec, RunStatus.Done, 2),
            new Dictionary<string, double> { [MetricNames.Loss] = 0.1, ["collapsed"] = collapsed ? 1 : 0 }
        );
        Ended(
            Begin(
                spec with
                {
                    Evaluation = Component("linear-eval"),
                    EvaluateOn = new EvaluationInputs(),
                    Parent = spec.Id(),
                },
                RunStatus.Done,
                0
            ),
            new Dictionary<string, double> { ["linear-top1"] = linear }
        );
    }

    private static void Ended(RunFolder folder, Dictionary<string, double> final) =>
        Publish(folder, folder.ReadRecord()! with { Ended = Created.AddMinutes(30), Seconds = 60, Final = final });

    /// <summary>Writes the record of a finished run, and the row of its outcome as the last of the metrics.</summary>
    public static void Publish(RunFolder folder, RunRecord record)
    {
        var rows = folder.ReadMetrics();
        var last = new MetricsRow(rows.Count == 0 ? 1 : rows[^1].Epoch, record.Final!);
        File.WriteAllText(folder.MetricsFile, string.Concat(rows.SkipLast(1).Append(last).Select(r => SatJson.Write(r) + "\n")));
        folder.WriteRecord(record);
    }

    /// <summary>Adds a run that stands at some epoch.</summary>
    public RunFolder Begin(
        RunSpec spec,
        RunStatus status,
        int epochs,
        double accuracy = 0.5,
        double noisyTrain = 0.9,
        double? recovered = null,
        string? error = null
    )
    {
        var folder = Plan(spec);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.RequestFile, SatJson.WriteIndented(_runs[^1].Request));
        var rate = spec.Noise.Options["rate"]?.GetValue<double>() ?? 0;
        folder.WriteRecord(
            new RunRecord
            {
                Id = spec.Id(),
                Spec = spec,
                Status = status,
                Error = error,
                Started = Created.AddMinutes(spec.Seed),
                Environment = new RunEnvironment
                {
                    Tool = "0.1.0+abcdef0",
                    DotNet = "10.0.1",
                    TorchSharp = "0.107.0",
                    LibTorch = "2.10.0",
                    Os = "Debian GNU/Linux 12",
                    Cpu = "Example CPU 3000",
                    CpuCapability = "AVX512",
                    Device = "cpu",
                    Threads = 2,
                    Plugins = new Dictionary<string, string> { ["sat.supervised"] = "0.1.0" },
                },
                Data = new RunData
                {
                    Classes = Classes,
                    ImageShape = [3, 32, 32],
                    Train = spec.Training.Samples == 0 ? 50000 : spec.Training.Samples,
                    Validation = spec.Training.Validation,
                    Test = 10000,
                    WrongLabels = rate * 0.9 + 0.0001 * spec.Seed * Math.Sign(rate),
                    NoiseHash = rate == 0 ? null : new string('b', 64),
                },
                Derived = recovered is null ? null : new JsonObject { ["alpha"] = 0.9 },
            }
        );
        using var metrics = new JsonLinesWriter(folder.MetricsFile);
        using var telemetry = new JsonLinesWriter(folder.TelemetryFile);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var part = (double)epoch / spec.Training.Epochs;
            var values = new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Loss] = 2.3 * (1 - 0.9 * part),
                [MetricNames.LearningRate] = 0.1 * (1 - part),
                [MetricNames.TestAccuracy] = accuracy * (1 - Math.Exp(-6 * part)) / (1 - Math.Exp(-6)),
                [MetricNames.NoisyTrainAccuracy] = noisyTrain * part,
                [MetricNames.CleanTrainAccuracy] = accuracy * Math.Sqrt(part),
            };
            if (recovered is { } share)
            {
                values[MetricNames.LabelsRecovered] = share * part * part;
                values[MetricNames.CleanLabelsChanged] = 0.02 * part;
            }
            metrics.Append(new MetricsRow(epoch, values));
            telemetry.Append(new TelemetryRow(epoch, 3.5, 0.5, 1500 + epoch, 800_000_000, 120));
        }
        return folder;
    }

    public void WritePlan() =>
        new Plan
        {
            Name = Name,
            Description = Description,
            Preset = "small",
            Study = "name: label-noise\n",
            Created = Created,
            Tool = "0.1.0",
            Runs = _runs,
            Baselines = Baselines,
            Expectations = Expectations,
            Notes = Notes,
            Metrics = Metrics,
            Published = Published,
            Looks = Looks,
        }.Write(Path);

    /// <summary>The numbers of seeds at which the plan looks at verdicts; null: once.</summary>
    public SeedLooks? Looks { get; set; }

    /// <summary>Published values as the plan froze them; none: those of now, by name.</summary>
    public List<FrozenBaselines> Published { get; } = [];

    /// <summary>What the components of the runs declare.</summary>
    public List<MetricSchema> Metrics { get; } =
    [
        new()
        {
            Name = "linear-top1",
            Title = "linear evaluation, top-1 accuracy",
            Unit = MetricUnit.Share,
            Better = MetricDirection.Higher,
            IsMain = true,
        },
        new()
        {
            Name = "collapsed",
            Title = "state of the representations",
            Alarm = new("collapsed", "collapsed onto nearly one representation, whatever the loss says"),
        },
    ];

    /// <summary>ERM and SAT without noise, at 40 % and at 80 %, two seeds each, with everything that can happen to a run.</summary>
    public static OutputFolder HalfDone()
    {
        var output = new OutputFolder();
        foreach (var rate in new[] { 0, 0.4, 0.8 })
        {
            foreach (var seed in new[] { 1, 2 })
            {
                if (rate > 0.5 && seed == 2)
                    continue;
                output.Done(Spec("erm", rate, seed, paper: false), 0.62 - 0.3 * rate + 0.011 * seed, noisyTrain: 0.995, best: seed > 0);
                output.Done(
                    Spec("sat", rate, seed, paper: false),
                    0.625 - 0.1 * rate + 0.009 * seed,
                    noisyTrain: 0.9 - 0.4 * rate,
                    recovered: 0.31
                );
            }
        }
        output.Begin(Spec("erm", 0.8, 2, paper: false), RunStatus.Diverged, 3, error: "the loss became NaN at epoch 4");
        output.Begin(Spec("sat", 0.8, 2, paper: false), RunStatus.Failed, 5, recovered: 0.2, error: "out of memory");
        output.Begin(Spec("erm", 0.8, 3, paper: false), RunStatus.Interrupted, 7, error: "stopped by SIGTERM");
        output.Begin(Spec("sat", 0.8, 3, paper: false), RunStatus.Running, 6, recovered: 0.2);
        output.Plan(Spec("erm", 0.8, 4, paper: false));
        output.Plan(Spec("sat", 0.8, 4, paper: false));
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "sat", ["noise.rate"] = "0.4" },
                Above = new Dictionary<string, string> { ["method.id"] = "erm" },
                Because = "soft targets set wrong labels right",
            }
        );
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.NoisyTrainAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "erm", ["noise.rate"] = "0.8" },
                AtLeast = 0.8,
            }
        );
        output.Notes.Add("sat-sce is an interpretation: the paper gives no formula for it.");
        return output;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
