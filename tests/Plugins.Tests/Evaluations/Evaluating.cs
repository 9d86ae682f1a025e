using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Tests;

/// <summary>An evaluation of features that are given.</summary>
/// <param name="bank">Features of the training images, [n, d].</param>
/// <param name="labels">int64 [n].</param>
/// <param name="queries">Features of the test images, [q, d].</param>
/// <param name="truth">int64 [q].</param>
/// <param name="classes">K.</param>
sealed class Evaluating(Tensor bank, Tensor? labels, Tensor queries, Tensor truth, int classes)
{
    public IAugmentation? Augmentation { get; init; }

    public bool AsStream { get; init; }

    public CancellationToken Stop { get; init; }

    public Backbone? Backbone { get; init; }

    public List<double> Progress { get; } = [];

    public IReadOnlyDictionary<string, double> Run(string id, JsonObject? options = null, ulong seed = 1)
    {
        ISplit Split(ResidentSplit split) => AsStream ? new Streamed(split) : split;
        return TestedPlugins.Host.Evaluate(
            new ComponentSpec { Id = id, Options = options ?? [] },
            new EvaluationContext
            {
                Backbone = Backbone ?? new Table(cat([bank, queries])),
                Dataset = new SplitDataset(
                    classes,
                    Split(new ResidentSplit(Table.Images(0, bank.shape[0]), labels)),
                    Split(new ResidentSplit(Table.Images(bank.shape[0], queries.shape[0]), truth))
                ),
                Prepare = images => images.to(ScalarType.Float32),
                Method = () => throw new InvalidOperationException("no method is evaluated here"),
                Augmentation = Augmentation,
                Device = CPU,
                CreateGenerator = name => new Generator(seed + (ulong)name.Length),
                Progress = Progress.Add,
                Stop = Stop,
            }
        );
    }
}
