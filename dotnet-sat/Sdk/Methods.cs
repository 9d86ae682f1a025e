using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A batch of training samples. Its tensors live until the step's end; the host disposes them.</summary>
public sealed record Batch
{
    /// <summary>Augmented, normalised images, float32 [batch, channels, height, width]: one tensor a view, the first for methods that want
    /// one.</summary>
    public required IReadOnlyList<Tensor> Views { get; init; }

    /// <summary>The labels trained on, int64 [batch]; an empty tensor when the dataset has none.</summary>
    public required Tensor Labels { get; init; }

    /// <summary>Positions in the training set, int64 [batch], in [0, <see cref="TrainingTask.Samples"/>): where per-sample state is
    /// kept.</summary>
    public required Tensor Indices { get; init; }

    /// <summary>The epoch, counted from 0 as in the papers.</summary>
    public required int Epoch { get; init; }

    /// <summary>The step, counted from 0 over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The first view.</summary>
    public Tensor Images => Views[0];
}

/// <summary>
/// A way to train: it builds its networks around a backbone and gives a loss for a batch. The engine does the rest:
/// batches, gradients, optimizer, schedule, evaluation, files. What else a method can do, it says by small interfaces:
/// <see cref="IClassifier"/>, <see cref="ISoftTargets"/>, <see cref="IMethodState"/>, <see cref="IStepEnded"/>,
/// <see cref="IEpochStarted"/>, <see cref="IMethodMetrics"/>, <see cref="IMultiView"/>, <see cref="IDerivedOptions"/>,
/// <see cref="IMethodWarnings"/>, <see cref="IHasBackbone"/>, <see cref="IOutputs"/>, <see cref="IConfidence"/>.
/// </summary>
/// <param name="task">What it is trained on.</param>
/// <param name="network">
/// All its networks, in one module on the task's device. The optimizer gets the parameters that require a gradient;
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

/// <summary>A method around one classifier with an output a class; a base class for most supervised methods.</summary>
public abstract class ClassifierMethod : Method, IClassifier, IOutputs, IHasBackbone
{
    /// <summary>Builds the task's backbone with a head of one output a class.</summary>
    protected ClassifierMethod(TrainingTask task)
        : this(task, task.CreateClassifier(task.Classes.Count)) { }

    /// <summary>Builds the task's backbone with a head of one output a class and more, such as an abstention.</summary>
    /// <param name="task">What it is trained on.</param>
    /// <param name="extraOutputs">Outputs after those of the classes, at least 0.</param>
    protected ClassifierMethod(TrainingTask task, int extraOutputs)
        : this(task, task.CreateClassifier(task.Classes.Count + extraOutputs)) { }

    private ClassifierMethod(TrainingTask task, Classifier model)
        : base(task, model) => Model = model;

    /// <summary>The classifier.</summary>
    public Classifier Model { get; }

    /// <inheritdoc/>
    public Backbone Backbone => Model.Backbone;

    /// <inheritdoc/>
    public virtual Tensor Outputs(Tensor images) => Model.call(images);

    /// <inheritdoc/>
    public virtual Tensor Logits(Tensor images)
    {
        var outputs = Outputs(images);
        return outputs.shape[1] == Task.Classes.Count ? outputs : outputs.narrow(1, 0, Task.Classes.Count);
    }
}

/// <summary>A method that tells classes apart.</summary>
public interface IClassifier
{
    /// <summary>Class scores before the softmax, the networks being in evaluation mode.</summary>
    /// <param name="images">Normalised, float32 [batch, channels, height, width].</param>
    /// <returns>float32 [batch, classes]; extra outputs (an abstention) are left out.</returns>
    Tensor Logits(Tensor images);
}

/// <summary>A classifier that shows all outputs of its network, so that evaluations can score and attack it.</summary>
public interface IOutputs
{
    /// <summary>All outputs before the softmax: those of the classes first, then what else there is, such as an abstention. Gradients flow
    /// from them to images that require them. The mode of the networks is left alone.</summary>
    /// <param name="images">Normalised, float32 [batch, channels, height, width].</param>
    /// <returns>float32 [batch, outputs], at least as many as classes.</returns>
    Tensor Outputs(Tensor images);
}

/// <summary>A classifier with a confidence of its own; of any other, the largest probability is its confidence (softmax
/// response).</summary>
public interface IConfidence
{
    /// <summary>How sure the method is of its prediction: the higher, the surer. Only the order counts.</summary>
    /// <param name="outputs">As <see cref="IOutputs.Outputs"/> returns them.</param>
    /// <returns>float32 [batch].</returns>
    Tensor Confidence(Tensor outputs);
}

/// <summary>A method whose backbone is worth having on its own: evaluations of a finished run measure it.</summary>
public interface IHasBackbone
{
    /// <summary>The trained backbone, a part of <see cref="Method.Network"/>; of several, the one that is kept when training is
    /// over.</summary>
    Backbone Backbone { get; }
}

/// <summary>A method that keeps a soft target for each training sample (SAT: t_i and w_i, arXiv 2002.10319, Algorithm 1).</summary>
public interface ISoftTargets
{
    /// <summary>Probabilities, float32 [samples, classes]; each row sums to 1.</summary>
    Tensor SoftTargets { get; }

    /// <summary>The weight of each sample in the loss, float32 [samples] in [0, 1]; the caller disposes it.</summary>
    Tensor SampleWeights();
}

/// <summary>A method with state beyond its networks, such as per-sample targets.</summary>
public interface IMethodState
{
    /// <summary>Name to tensor. Checkpoints hold their values; on resume the host copies them back into these same tensors.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }
}

/// <summary>A method that acts after the optimizer's step, such as one with a momentum encoder.</summary>
public interface IStepEnded
{
    /// <summary>Called after each optimizer step, without gradients.</summary>
    /// <param name="step">The step just made, counted from 0 over all epochs.</param>
    void StepEnded(long step);
}

/// <summary>A method that acts when an epoch begins.</summary>
public interface IEpochStarted
{
    /// <summary>Called before the first batch of each epoch.</summary>
    /// <param name="epoch">Counted from 0.</param>
    void EpochStarted(int epoch);
}

/// <summary>A method with metrics of its own.</summary>
public interface IMethodMetrics
{
    /// <summary>
    /// Metric to value at an epoch's end; names in kebab-case, at most 64 characters, the same at every epoch, and none of
    /// <see cref="Records.Metrics.MetricNames"/>. A value that is not finite is left out, and the run's record says so. Their titles, units
    /// and directions are declared in <see cref="ComponentDetails.Metrics"/>.
    /// </summary>
    IReadOnlyDictionary<string, double> Metrics();
}

/// <summary>A method that wants several views of each image.</summary>
public interface IMultiView
{
    /// <summary>An augmentation a view.</summary>
    /// <param name="configured">The study's augmentation.</param>
    IReadOnlyList<IAugmentation> Views(IAugmentation configured);
}

/// <summary>A method that finds, once it knows its task, that an option has no effect in it, or another than one would expect.</summary>
public interface IMethodWarnings
{
    /// <summary>A sentence each; recorded, printed, and shown by reports. Empty: all is well.</summary>
    IReadOnlyList<string> Warnings { get; }
}

/// <summary>A method that derives values from its options and its task; they are recorded beside the options.</summary>
public interface IDerivedOptions
{
    /// <summary>Name to value (SAT: the momentum adjusted for width).</summary>
    IReadOnlyDictionary<string, double> Derived { get; }
}
