using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What a method is trained on.</summary>
public sealed class TrainingTask
{
    /// <summary>Makes a backbone, as the study asks for it; each call makes another, with other weights.</summary>
    public required Func<Backbone> CreateBackbone { get; init; }

    /// <summary>Class names in the order of their numbers; empty when nothing is labelled.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Shape of the images before augmentation.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>
    /// How the images of a batch were normalised; null: they are pixels in [0, 1], as where a study sets <c>dataset.normalize: false</c>.
    /// </summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Samples trained on. 1 where the method is rebuilt to evaluate its networks (<see cref="EvaluationContext.Method"/>): what
    /// it keeps for each sample is then of no use.</summary>
    public required long Samples { get; init; }

    /// <summary>The labels trained on, int64 [<see cref="Samples"/>] on <see cref="Device"/>; null when there are none. Owned by the
    /// host.</summary>
    public required Tensor? Labels { get; init; }

    /// <summary>Epochs to train.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples that an epoch trains on: all, or those of whole batches where a study leaves the last, smaller one out (other
    /// samples in each epoch).</summary>
    public long SamplesPerEpoch
    {
        get => field > 0 ? field : Samples;
        init;
    }

    /// <summary>Samples of a step, as the study sets it; the last step of an epoch may have fewer. Where the host does not say,
    /// <see cref="SamplesPerEpoch"/> by <see cref="StepsPerEpoch"/>, rounded up.</summary>
    public int BatchSize
    {
        get => field > 0 ? field : (int)((SamplesPerEpoch + StepsPerEpoch - 1) / StepsPerEpoch);
        init;
    }

    /// <summary>Steps in an epoch.</summary>
    public required long StepsPerEpoch { get; init; }

    /// <summary>Where networks and per-sample state belong.</summary>
    public required Device Device { get; init; }

    /// <summary>Makes a generator on the CPU, seeded from the run's seed and a name of the method's choice.</summary>
    public required Func<string, Generator> CreateGenerator { get; init; }

    /// <summary>
    /// Lets a network of the method's own compute in the run's precision (<c>--precision</c>) where it is used by <c>call</c>, and give
    /// float32, as backbones do by themselves. It is worth it for large ones; whatever a method does elsewhere, its losses among it, is
    /// float32.
    /// </summary>
    public Action<nn.Module<Tensor, Tensor>> Autocast { get; init; } = static _ => { };

    /// <summary>
    /// Loads the networks that a run left (its <c>weights.safetensors</c>, at the path of an option) into networks of the same names and
    /// shapes, such as <see cref="CreateClassifier"/> for a run of a <see cref="ClassifierMethod"/>. It throws a <c>SatException</c> where
    /// the file is damaged or does not fit (exit code 5).
    /// </summary>
    public Action<string, nn.Module> LoadNetwork { get; init; } =
        static (_, _) => throw new NotSupportedException("this task loads no networks");

    /// <summary>Makes a backbone with its published head, on <see cref="Device"/>.</summary>
    /// <param name="outputs">Outputs: one a class, and more where a method needs them.</param>
    public Classifier CreateClassifier(long outputs)
    {
        var backbone = CreateBackbone();
        var classifier = new Classifier(backbone, backbone.CreateHead(outputs));
        classifier.to(Device);
        return classifier;
    }
}
