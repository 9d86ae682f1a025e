using Sat.Evaluations.Robustness.Attacks;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Adversarial;

/// <summary>A method that trains on images crafted against the network as it is then. They are pixels in [0, 1]: neither the radius nor the
/// clipping means anything for normalised ones.</summary>
abstract class AdversarialMethod<TOptions> : ClassifierMethod
    where TOptions : AttackOptions
{
    readonly ProjectedGradient _attack;
    readonly Generator _random;

    /// <param name="task">What it is trained on.</param>
    /// <param name="options">How images are crafted.</param>
    /// <exception cref="SatException">The images are normalised (exit code 2).</exception>
    protected AdversarialMethod(TrainingTask task, TOptions options)
        : base(Unnormalised(task))
    {
        Options = options;
        _attack = new ProjectedGradient(new Ball(Norm.Linf, options.Radius), options.StepSize, options.Steps);
        _random = task.CreateGenerator("adversarial/start");
        Start = Draw;
    }

    /// <summary>How images are crafted, and what else the method leaves to choose.</summary>
    protected TOptions Options { get; }

    /// <summary>What an attack's start is drawn from, for images: of their shape, and on their device.</summary>
    protected Func<Tensor, Tensor> Start { get; private set; }

    /// <summary>Crafts images in evaluation mode, so that neither batch statistics nor dropout move; afterwards the network is in the mode
    /// that it was in.</summary>
    /// <param name="images">Natural images, [batch, channels, height, width].</param>
    /// <param name="start">Where the attack begins.</param>
    /// <param name="loss">Makes, in evaluation mode, what the attack raises: from images to a scalar.</param>
    protected Tensor Craft(Tensor images, Tensor start, Func<Func<Tensor, Tensor>> loss)
    {
        using var mode = new EvaluationMode(Network);
        return _attack.Run(images, start, loss());
    }

    /// <summary>Numbers for images on the CPU, by the generator whose state checkpoints hold.</summary>
    protected abstract Tensor Random(long[] shape, Generator random);

    Tensor Draw(Tensor images)
    {
        using var drawn = Random(images.shape, _random);
        return drawn.SendTo(images.device);
    }

    static TrainingTask Unnormalised(TrainingTask task) =>
        task.Normalization is null
            ? task
            : throw new SatException(
                ExitCode.Planning,
                "adversarial training works on pixels in [0, 1], and this run normalises its images: set 'dataset.normalize: false'."
            );
}
