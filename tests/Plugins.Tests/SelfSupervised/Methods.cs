using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>Methods of the plugin around small networks, and what trains them.</summary>
static class Methods
{
    /// <summary>Sizes of the traces.</summary>
    public static JsonObject Small(JsonObject? more = null)
    {
        var options = new JsonObject
        {
            ["projector-hidden"] = 16,
            ["projection-dimension"] = 8,
            ["predictor-hidden"] = 16,
        };
        foreach (var (name, value) in more ?? [])
            options[name] = value?.DeepClone();
        return options;
    }

    public static Method Create(string id, TrainingTask task, JsonObject? options = null, int seed = 1)
    {
        manual_seed(seed);
        return TestedPlugins.Host.CreateMethod(new ComponentSpec { Id = id, Options = options ?? Small() }, task);
    }

    public static TrainingTask Task(long samples, long stepsPerEpoch, int epochs, long? samplesPerEpoch = null) =>
        Tasks.Of(
            () => new TraceNetwork(),
            new ImageShape(TraceNetwork.Inputs, 1, 1),
            samples,
            epochs: epochs,
            stepsPerEpoch: stepsPerEpoch,
            samplesPerEpoch: samplesPerEpoch
        );

    public static optim.Optimizer Sgd(Method method, double lr = 0.05, double momentum = 0.9, double weightDecay = 1e-4) =>
        optim.SGD(method.Network.parameters().Where(p => p.requires_grad), lr, momentum, weight_decay: weightDecay);
}
