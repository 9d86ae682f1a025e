using Sat.Methods.Peers.Mixing;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.DivideMix;

/// <summary>The loss of a network on a labelled and an unlabelled batch (section 3.2).</summary>
/// <param name="options">T and alpha.</param>
/// <param name="classes">K.</param>
/// <param name="device">Where batches are.</param>
/// <param name="random">Draws shares and partners, on the CPU.</param>
sealed class MixMatch(DivideMixOptions options, int classes, Device device, Generator random)
{
    /// <summary>
    /// Lx + lambda_u Lu + Lreg: cross entropy on mixed labelled images, the mean squared difference of probabilities on mixed unlabelled
    /// ones, and the divergence of equal shares of all classes from the mean prediction. Partners come from both kinds; an image counts as
    /// that of which it has the larger share.
    /// </summary>
    /// <param name="student">The network that is trained, in training mode.</param>
    /// <param name="peer">The other, in evaluation mode.</param>
    /// <param name="labelled">Samples that keep their labels, two views each.</param>
    /// <param name="clean">w of each, float32 [batch].</param>
    /// <param name="unlabelled">Samples whose labels are guessed, two views each.</param>
    /// <param name="weight">lambda_u at this step.</param>
    /// <returns>A scalar with a gradient.</returns>
    public Tensor Loss(Classifier student, Classifier peer, Batch labelled, Tensor clean, Batch unlabelled, double weight)
    {
        Tensor guessed,
            refined;
        using (no_grad())
        {
            guessed = Sharpen(Mean([student, peer], unlabelled.Views));
            // Not one_hot, which on a CPU looks for the largest label.
            var given = labelled.Labels.unsqueeze(1).eq(arange(classes, ScalarType.Int64, device)).to(ScalarType.Float32);
            refined = Sharpen(lerp(Mean([student], labelled.Views), given, clean.unsqueeze(1)));
        }
        var images = cat([.. labelled.Views, .. unlabelled.Views], 0);
        var targets = cat([.. labelled.Views.Select(_ => refined), .. unlabelled.Views.Select(_ => guessed)], 0);
        var (mixedImages, mixedTargets) = Mix(images, targets);
        var split = refined.shape[0] * labelled.Views.Count;
        return Loss(student.call(mixedImages), mixedTargets, split, weight);
    }

    /// <summary>Each image and its target with a partner's, whose share is the smaller one.</summary>
    (Tensor Images, Tensor Targets) Mix(Tensor images, Tensor targets)
    {
        using var drawn = BetaShare.Draw(options.Alpha, random);
        var share = maximum(drawn, 1 - drawn).SendTo(device);
        var partners = randperm(images.shape[0], ScalarType.Int64, generator: random).SendTo(device);
        return (Mixed(images), Mixed(targets));

        Tensor Mixed(Tensor first) => (share * first) + ((1 - share) * first.index_select(0, partners));
    }

    /// <param name="logits">float32 [n, K], the labelled ones first.</param>
    /// <param name="targets">float32 [n, K].</param>
    /// <param name="labelled">How many are labelled.</param>
    /// <param name="weight">lambda_u.</param>
    static Tensor Loss(Tensor logits, Tensor targets, long labelled, double weight)
    {
        var probabilities = softmax(logits, 1);
        var (unlabelled, k) = (logits.shape[0] - labelled, logits.shape[1]);
        var crossEntropy = -(log_softmax(logits.narrow(0, 0, labelled), 1) * targets.narrow(0, 0, labelled)).sum(1).mean();
        var squares = (probabilities.narrow(0, labelled, unlabelled) - targets.narrow(0, labelled, unlabelled)).square().mean();
        var divergence = -(probabilities.mean([0L]) * k).log().mean();
        return crossEntropy + (weight * squares) + divergence;
    }

    /// <summary>Mean probabilities of some networks for some views of the same images, float32 [batch, K].</summary>
    static Tensor Mean(IReadOnlyList<Classifier> networks, IReadOnlyList<Tensor> views) =>
        stack([.. networks.SelectMany(n => views.Select(v => softmax(n.call(v), 1)))]).mean([0L]);

    /// <summary>p^(1/T), divided by its sum; by logarithms, whose differences a small T does not round to nothing.</summary>
    Tensor Sharpen(Tensor probabilities)
    {
        var logs = probabilities.log();
        return softmax((logs - logs.amax([1L], keepdim: true)) / options.Temperature, 1);
    }
}
