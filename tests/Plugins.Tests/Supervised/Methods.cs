using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>Methods of the plugin on given labels, and batches for them.</summary>
static class Methods
{
    public static Method Create(string id, Tensor labels, long classes, JsonObject? options = null, Func<Backbone>? backbone = null) =>
        TestedPlugins.Host.CreateMethod(new ComponentSpec { Id = id, Options = options ?? [] }, Task(labels, classes, backbone));

    public static TrainingTask Task(Tensor? labels, long classes, Func<Backbone>? backbone = null) =>
        Tasks.Of(backbone ?? (() => new GivenLogits(classes)), new ImageShape(classes, 1, 1), labels?.shape[0] ?? 0, labels, (int)classes);

    /// <summary>A batch whose images are the logits that <see cref="GivenLogits"/> gives back.</summary>
    public static Batch LogitsBatch(Tensor logits, Tensor labels, Tensor indices, int epoch) =>
        Tasks.Batch([logits.view(logits.shape[0], logits.shape[1], 1, 1)], indices, labels, epoch);
}
