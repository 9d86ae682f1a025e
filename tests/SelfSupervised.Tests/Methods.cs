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
        return Plugin.Host.CreateMethod(new ComponentSpec { Id = id, Options = options ?? Small() }, task);
    }

    public static TrainingTask Task(long samples, long stepsPerEpoch, int epochs, long? samplesPerEpoch = null) =>
        new()
        {
            SamplesPerEpoch = samplesPerEpoch ?? samples,
            CreateBackbone = () => new TraceNetwork(),
            Classes = [],
            Shape = new ImageShape(TraceNetwork.Inputs, 1, 1),
            Samples = samples,
            Labels = null,
            Epochs = epochs,
            StepsPerEpoch = stepsPerEpoch,
            Device = CPU,
            CreateGenerator = _ => new Generator(1),
        };

    /// <summary>One step as the engine makes it.</summary>
    /// <returns>The loss.</returns>
    public static float Step(Method method, optim.Optimizer optimizer, Batch batch)
    {
        using var scope = NewDisposeScope();
        var loss = method.Loss(batch);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        using var noGradient = no_grad();
        (method as IStepEnded)?.StepEnded(batch.Step);
        return loss.item<float>();
    }

    public static optim.Optimizer Sgd(Method method, double lr = 0.05, double momentum = 0.9, double weightDecay = 1e-4) =>
        optim.SGD(method.Network.parameters().Where(p => p.requires_grad), lr, momentum, weight_decay: weightDecay);

    public static Batch Batch(IReadOnlyList<Tensor> views, Tensor indices, int epoch, long step) =>
        new()
        {
            Views = views,
            Labels = empty(0, ScalarType.Int64),
            Indices = indices,
            Epoch = epoch,
            Step = step,
        };
}
