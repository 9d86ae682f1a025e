using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>Methods of the plugin on given labels, and batches for them.</summary>
static class Methods
{
    public static Method Create(string id, Tensor labels, long classes, JsonObject? options = null, Func<Backbone>? backbone = null) =>
        Plugin.Host.CreateMethod(new ComponentSpec { Id = id, Options = options ?? [] }, Task(labels, classes, backbone));

    public static TrainingTask Task(Tensor? labels, long classes, Func<Backbone>? backbone = null) =>
        new()
        {
            CreateBackbone = backbone ?? (() => new GivenLogits(classes)),
            Classes = [.. Enumerable.Range(0, (int)classes).Select(k => $"class {k}")],
            Shape = new ImageShape(classes, 1, 1),
            Samples = labels?.shape[0] ?? 0,
            Labels = labels,
            Epochs = 10,
            StepsPerEpoch = 1,
            Device = CPU,
            CreateGenerator = _ => new Generator(1),
        };

    public static Batch Batch(Tensor images, Tensor labels, Tensor indices, int epoch) =>
        new()
        {
            Views = [images],
            Labels = labels.index_select(0, indices),
            Indices = indices,
            Epoch = epoch,
            Step = 0,
        };

    /// <summary>A batch whose images are the logits that <see cref="GivenLogits"/> gives back.</summary>
    public static Batch LogitsBatch(Tensor logits, Tensor labels, Tensor indices, int epoch) =>
        Batch(logits.view(logits.shape[0], logits.shape[1], 1, 1), labels, indices, epoch);
}
