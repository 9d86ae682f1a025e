using Sat.Records;
using Sat.Records.Runs;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What an evaluation works on: a finished run's backbone, and the data.</summary>
public sealed record EvaluationContext
{
    /// <summary>The trained backbone of the parent run, on <see cref="Device"/>, in evaluation mode. It is not to be changed.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>
    /// Returns the method of the parent run, rebuilt around its trained networks, in evaluation mode. Built when it is first asked for; the
    /// host disposes it. What it keeps for each training sample is not there.
    /// </summary>
    public required Func<Method> Method { get; init; }

    /// <summary>The folder of the parent run, with its test logits and soft targets; null while it still trains.</summary>
    public RunFolder? Parent { get; init; }

    /// <summary>True where the test images are the parent run's, and the weights its last: what it wrote of its test set holds.</summary>
    public bool IsParentsTest { get; init; }

    /// <summary>The evaluation's own files; null while the run still trains.</summary>
    public IEvaluationFiles? Files { get; init; }

    /// <summary>
    /// Images with their true labels: what the run was trained on, the labelled images where the dataset has such of their own
    /// (<see cref="IHasLabeled"/>), or what the study says instead.
    /// </summary>
    public required IDataset Dataset { get; init; }

    /// <summary>Images, uint8 in [0, 255] or float32 in [0, 1], to normalised float32, as the backbone was trained on them.</summary>
    public required Func<Tensor, Tensor> Prepare { get; init; }

    /// <summary>What is done to training images by evaluations that train on them; null: nothing, so that their features can be
    /// kept.</summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>Makes a generator on the CPU, seeded from the run's seed and a name; while training, from the epoch too.</summary>
    public required Func<string, Generator> CreateGenerator { get; init; }

    /// <summary>Is told which share of the work is done, in [0, 1]; null: nobody asks.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Asks the evaluation to stop: it throws <see cref="OperationCanceledException"/> within a step.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>
    /// All outputs of the run's classifier for pixels, before the softmax. Gradients flow to images that require them, where they are
    /// enabled (<c>enable_grad</c>): the host calls evaluations without.
    /// </summary>
    /// <param name="images">float32 [batch, channels, height, width] in [0, 1], on <see cref="Device"/>: not normalised.</param>
    /// <returns>float32 [batch, outputs]: those of the classes first.</returns>
    /// <exception cref="SatException">The run's method is no classifier (exit code 2).</exception>
    public Tensor Outputs(Tensor images) =>
        Method() is IOutputs method
            ? method.Outputs(Prepare(images))
            : throw new SatException(
                ExitCode.Planning,
                "the run's method shows no outputs of a classifier, so this evaluation cannot measure it: evaluate a run of a classifier, such as erm or sat."
            );
}
