using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Options;

namespace Sat.Sweeps.Tests;

/// <summary>Components that no plugin has.</summary>
static class TestCatalog
{
    public const string Checksum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static ComponentCatalog Create() =>
        new(
            new ComponentSchema[]
            {
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "colours",
                    Summary = "Drawn",
                    Options = [Integer("count", 100)],
                    TrainingSamplesOption = "count",
                },
                new()
                {
                    Kind = ComponentKind.Sink,
                    Id = "csv",
                    Summary = "A table",
                    Options = [Text("separator", OptionKind.Text)],
                },
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "pebbles",
                    Summary = "Read from files with known checksums",
                    Options = [Text("path", OptionKind.Path)],
                    Data = new DataLayout
                    {
                        Files = ["stones.bin"],
                        Obtain = "Collect them at the beach.",
                        Variants =
                        [
                            new DataVariant("older", "", new Dictionary<string, string> { ["stones.bin"] = new('0', 64) }),
                            new DataVariant("published", "", new Dictionary<string, string> { ["stones.bin"] = Checksum }),
                        ],
                    },
                },
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "shells",
                    Summary = "Read from files whose checksums nobody knows",
                    Options = [Text("path", OptionKind.Path)],
                    Data = new DataLayout
                    {
                        Files = ["shells.bin"],
                        Obtain = "Collect them at the beach.",
                        Sources =
                        [
                            new DataSource
                            {
                                Name = "shells.zip",
                                Address = "https://beach.example/shells.zip",
                                Format = DataFormat.Zip,
                                Bytes = 1_200_000,
                            },
                        ],
                    },
                },
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "album",
                    Summary = "Some files of a folder",
                    Options = [Text("path", OptionKind.Path, required: true), Text("title", OptionKind.Text)],
                    Reads = new FileSelection { Include = ["train/*/**", "test/*/**|val/*/**"], Exclude = ["README*", "*.txt"] },
                },
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "arrays",
                    Summary = "Two files",
                    Options = [Text("train", OptionKind.Path, required: true), Text("test", OptionKind.Path, required: true)],
                },
                new()
                {
                    Kind = ComponentKind.Noise,
                    Id = "none",
                    Summary = "None",
                },
                new()
                {
                    Kind = ComponentKind.Evaluation,
                    Id = "neighbours",
                    Summary = "Votes",
                },
                new()
                {
                    Kind = ComponentKind.Noise,
                    Id = "blur",
                    Summary = "Wrong labels",
                    Options = [Number("rate", 0.2, 0, 1)],
                },
                new()
                {
                    Kind = ComponentKind.Noise,
                    Id = "listed",
                    Summary = "Labels of a file",
                    Options = [Text("path", OptionKind.Path, required: true)],
                },
                new()
                {
                    Kind = ComponentKind.Noise,
                    Id = "labelled",
                    Summary = "A label for each sample",
                    Options = [Text("path", OptionKind.Path, required: true) with { PerSample = true }],
                },
                new()
                {
                    Kind = ComponentKind.Model,
                    Id = "small",
                    Summary = "A net",
                    Options = [Integer("width", 16)],
                },
                new()
                {
                    Kind = ComponentKind.Model,
                    Id = "large",
                    Summary = "A larger net",
                    Options = [Integer("width", 64)],
                },
                new()
                {
                    Kind = ComponentKind.Method,
                    Id = "plain",
                    Summary = "Plain",
                    Options =
                    [
                        new()
                        {
                            Name = "behaviour",
                            Kind = OptionKind.Text,
                            Description = "What the test's worker does",
                            Default = "finish",
                        },
                    ],
                },
                new()
                {
                    Kind = ComponentKind.Method,
                    Id = "adaptive",
                    Summary = "Soft targets",
                    Interpretation = "the source leaves the start open.",
                    Options = [Number("alpha", 0.9, 0, 1), Integer("start-epoch", 60)],
                },
                new()
                {
                    Kind = ComponentKind.Method,
                    Id = "late",
                    Summary = "Begins late",
                    Options =
                    [
                        Integer("begin", 10) with
                        {
                            Before = "training.epochs",
                            NoEffect = "{id} would begin at epoch {value} of {bound}: {path} has no effect",
                        },
                        Integer("end", 20),
                        Integer("warm-up", 30) with
                        {
                            Before = "training.epochs",
                            DefaultShare = 0.15,
                        },
                        Integer("pause", 0) with
                        {
                            Before = "end",
                        },
                        Number("gain", 0, 0, 9),
                        Number("curve", 1, 0, 9) with
                        {
                            Needs = "gain",
                        },
                        new()
                        {
                            Name = "by-width",
                            Kind = OptionKind.Boolean,
                            Description = "by-width",
                            Default = false,
                            Needs = "model.width",
                        },
                    ],
                },
                new()
                {
                    Kind = ComponentKind.Optimizer,
                    Id = "sgd",
                    Summary = "SGD",
                    Options = [Number("lr", 0.1, 0, 10), Number("momentum", 0.9, 0, 1)],
                },
                new()
                {
                    Kind = ComponentKind.Optimizer,
                    Id = "adam",
                    Summary = "Adam",
                    Options = [Number("lr", 0.001, 0, 10)],
                },
                new()
                {
                    Kind = ComponentKind.Schedule,
                    Id = "cosine",
                    Summary = "Cosine",
                },
                new()
                {
                    Kind = ComponentKind.Schedule,
                    Id = "steps",
                    Summary = "Steps",
                    Options =
                    [
                        new()
                        {
                            Name = "milestones",
                            Kind = OptionKind.IntegerList,
                            Description = "Epochs",
                            Default = new JsonArray(),
                            Min = 0,
                        },
                    ],
                },
                new()
                {
                    Kind = ComponentKind.Schedule,
                    Id = "drops",
                    Summary = "Steps within the epochs",
                    Options =
                    [
                        new()
                        {
                            Name = "at",
                            Kind = OptionKind.IntegerList,
                            Description = "Epochs",
                            Default = new JsonArray(),
                            Min = 0,
                            Before = "training.epochs",
                        },
                    ],
                },
                new()
                {
                    Kind = ComponentKind.Augmentation,
                    Id = "none",
                    Summary = "None",
                },
                new()
                {
                    Kind = ComponentKind.Dataset,
                    Id = "counted",
                    Summary = "Always as many",
                    TrainingSamples = 5000,
                },
                new()
                {
                    Kind = ComponentKind.Model,
                    Id = "normed",
                    Summary = "A net with batch normalisation",
                    NormalizesByBatch = true,
                },
                new()
                {
                    Kind = ComponentKind.Model,
                    Id = "plain",
                    Summary = "A net without a width",
                },
            }.Select(s => new CatalogEntry(
                s,
                new PluginManifest
                {
                    Package = "test",
                    Version = "1",
                    Assembly = "test.dll",
                    Contract = 1,
                    Components = [],
                },
                ""
            ))
        );

    private static OptionSchema Integer(string name, int value) =>
        new()
        {
            Name = name,
            Kind = OptionKind.Integer,
            Description = name,
            Default = value,
            Min = 0,
        };

    private static OptionSchema Number(string name, double value, double min, double max) =>
        new()
        {
            Name = name,
            Kind = OptionKind.Number,
            Description = name,
            Default = value,
            Min = min,
            Max = max,
        };

    private static OptionSchema Text(string name, OptionKind kind, bool required = false) =>
        new()
        {
            Name = name,
            Kind = kind,
            Description = name,
            Required = required,
        };
}
