using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Tests.PluginKit;

/// <summary>What methods are trained on, and batches of it.</summary>
public static class Tasks
{
    /// <summary>A task on the CPU.</summary>
    /// <param name="backbone">Makes a backbone.</param>
    /// <param name="shape">Shape of the images.</param>
    /// <param name="samples">Samples trained on.</param>
    /// <param name="labels">int64 [samples]; null when there are none.</param>
    /// <param name="classes">Number of classes, which are called <c>class 0</c> and so on.</param>
    /// <param name="epochs">Epochs to train.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    /// <param name="samplesPerEpoch">Samples that an epoch trains on; all unless given.</param>
    /// <param name="batchSize">Samples of a step, as a study sets it; what the steps leave unless given.</param>
    public static TrainingTask Of(
        Func<Backbone> backbone,
        ImageShape shape,
        long samples,
        Tensor? labels = null,
        int classes = 0,
        int epochs = 10,
        long stepsPerEpoch = 1,
        long? samplesPerEpoch = null,
        int batchSize = 0
    ) =>
        new()
        {
            CreateBackbone = backbone,
            Classes = [.. Enumerable.Range(0, classes).Select(k => $"class {k}")],
            Shape = shape,
            Samples = samples,
            SamplesPerEpoch = samplesPerEpoch ?? samples,
            Labels = labels,
            Epochs = epochs,
            StepsPerEpoch = stepsPerEpoch,
            BatchSize = batchSize,
            Device = CPU,
            CreateGenerator = _ => new Generator(1),
        };

    /// <summary>A batch.</summary>
    /// <param name="views">Each [batch, channels, height, width].</param>
    /// <param name="indices">The samples' positions in the training set, int64 [batch].</param>
    /// <param name="labels">The labels of the whole training set, int64 [samples]; null when there are none.</param>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="step">Counted from 0.</param>
    public static Batch Batch(IReadOnlyList<Tensor> views, Tensor indices, Tensor? labels = null, int epoch = 0, long step = 0) =>
        new()
        {
            Views = views,
            Labels = labels?.index_select(0, indices) ?? empty(0, ScalarType.Int64),
            Indices = indices,
            Epoch = epoch,
            Step = step,
        };

    /// <summary>One step of a training, as the engine makes it.</summary>
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
}
