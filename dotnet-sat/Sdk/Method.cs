using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// A way to train: it builds its networks around a backbone and gives a loss for a batch. The engine does the rest:
/// batches, gradients, optimizer, schedule, evaluation, files. What else a method can do, it says by small interfaces.
/// What it gives: <see cref="IClassifier"/>, <see cref="IOutputs"/>, <see cref="IConfidence"/>, <see cref="IHasBackbone"/>,
/// <see cref="ISoftTargets"/>, <see cref="ISampleSelection"/>, <see cref="IMethodMetrics"/>, <see cref="IDerivedOptions"/>,
/// <see cref="IMethodWarnings"/>, <see cref="IMethodFiles"/>. What it is fed: <see cref="IMultiView"/>, <see cref="ISampler"/>,
/// <see cref="IBatchStreams"/>. How it steps: <see cref="IParameterGroups"/>, <see cref="IGradientsReady"/>,
/// <see cref="IOwnStep"/>. When it acts: <see cref="IEpochStarted"/>, <see cref="ISurvey"/>, <see cref="IStepEnded"/>,
/// <see cref="IEpochSelection"/>.
/// What it remembers: <see cref="IMethodState"/>, <see cref="IMethodNumbers"/>.
/// </summary>
/// <param name="task">What it is trained on.</param>
/// <param name="network">
/// All its networks, in one module on the task's device. Optimizers get the parameters that require a gradient;
/// checkpoints hold all parameters and buffers. The host disposes it.
/// </param>
public abstract class Method(TrainingTask task, nn.Module network)
{
    /// <summary>What the method is trained on.</summary>
    public TrainingTask Task { get; } = task;

    /// <summary>All networks of the method.</summary>
    public nn.Module Network { get; } = network;

    /// <summary>The loss of a batch, the networks being in training mode: a scalar with a gradient. Intermediate tensors are disposed by
    /// the host.</summary>
    public abstract Tensor Loss(Batch batch);
}
