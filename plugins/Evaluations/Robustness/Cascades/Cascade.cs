using Sat.Evaluations.Robustness.AutoAttack;
using Sat.Evaluations.Robustness.States;
using Sat.Evaluations.Robustness.Targets;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Cascades;

/// <summary>
/// Attacks one after the other, each on the images that all before it left their class. Images are attacked in blocks that are always
/// the same, with random numbers of the attack's and the block's own, so that what is stopped and goes on ends with the same bits.
/// </summary>
/// <param name="classifier">What is attacked.</param>
/// <param name="images">The images.</param>
/// <param name="attacks">In their order.</param>
/// <param name="draws">Random numbers for an attack on a block, on the CPU.</param>
sealed class Cascade(AttackedClassifier classifier, TestImages images, IReadOnlyList<IAttack> attacks, Func<IAttack, int, IDraws> draws)
{
    /// <summary>Attacks all that is left to attack.</summary>
    /// <param name="files">Where it keeps what it would go on from; null: nowhere.</param>
    /// <param name="progress">Is told which share of the blocks is done.</param>
    public CascadeState Run(IEvaluationFiles? files, Action<double>? progress)
    {
        using var noGradient = no_grad();
        var state = CascadeState.Open(files, images.Total);
        var all = images.Blocks * (1 + attacks.Count);
        while (state.Done < all)
        {
            using var scope = NewDisposeScope();
            var (stage, block) = (state.Done / images.Blocks, state.Done % images.Blocks);
            state = stage == 0 ? Classify(state, block) : Attack(state, stage - 1, block);
            state = state with { Done = state.Done + 1 };
            KeptState.Save(files, state);
            progress?.Invoke((double)state.Done / all);
        }
        return state;
    }

    CascadeState Classify(CascadeState state, int block)
    {
        var (clean, labels) = images.Block(block);
        var correct = classifier.Correct(clean, labels);
        var fates = Changed(state.Fates, [.. Indices(block)], correct, CascadeState.Wrong);
        var withoutGradient = classifier.WithoutGradient(clean, labels).logical_and_(correct).sum().item<long>();
        return state with { Fates = fates, WithoutGradient = state.WithoutGradient + (int)withoutGradient };
    }

    CascadeState Attack(CascadeState state, int attack, int block)
    {
        long[] left = [.. Indices(block).Where(i => state.Fates[i] == CascadeState.Robust)];
        if (left.Length == 0)
            return state;
        var (clean, labels) = images.Fetch(left);
        var perturbed = attacks[attack].Perturb(classifier, clean, labels, draws(attacks[attack], block));
        return state with { Fates = Changed(state.Fates, left, classifier.Correct(perturbed, labels), CascadeState.BrokenBy(attack)) };
    }

    IEnumerable<long> Indices(int block)
    {
        var (first, count) = images.Range(block);
        return Enumerable.Range(first, count).Select(i => (long)i);
    }

    static byte[] Changed(byte[] fates, long[] indices, Tensor correct, byte otherwise)
    {
        var changed = fates.ToArray();
        foreach (var (index, kept) in indices.Zip(correct.cpu().data<bool>().ToArray()))
        {
            if (!kept)
                changed[index] = otherwise;
        }
        return changed;
    }
}
