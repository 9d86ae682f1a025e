using System.Globalization;
using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.AutoAttack;
using Sat.Evaluations.Robustness.Cascades;
using Sat.Evaluations.Robustness.Targets;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness;

/// <summary>AutoAttack, standard version (arXiv 2003.01690): APGD-CE, APGD-T, FAB-T and Square, each on the images that are left.</summary>
static class AutoAttackEvaluation
{
    /// <summary>The targeted loss divides by a difference of the four largest logits.</summary>
    const int FewestClasses = 4;

    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, AutoAttackOptions options)
    {
        var classes = context.Dataset.Classes.Count;
        if (classes < FewestClasses)
            throw new SatException(
                ExitCode.Planning,
                $"evaluation 'autoattack' needs at least {FewestClasses} classes for the loss of APGD-T, and the dataset has {classes}: use 'pgd'."
            );
        using var scope = NewDisposeScope();
        var attacks = Attacks(options, classes);
        using var images = new TestImages("autoattack", context, options.Samples, options.BatchSize);
        using var streams = new DrawStreams(context);
        var state = new Cascade(AttackedClassifier.From(context), images, attacks, streams.Of).Run(context.Files, context.Progress);
        RobustFile.Write(context, state.Fates.Select(f => f == CascadeState.Robust));

        var natural = state.Accuracy(0);
        var metrics = new Dictionary<string, double>
        {
            [RobustnessMetrics.AutoAttack] = state.Accuracy(attacks.Count),
            [RobustnessMetrics.Natural] = natural,
            [RobustnessMetrics.WithoutGradient] = natural == 0 ? 0 : state.WithoutGradient / (natural * images.Total),
            // Square is the last, and the only one that follows no gradient.
            [RobustnessMetrics.BlackBoxOnly] = state.Fates.Count(f => f == CascadeState.BrokenBy(attacks.Count - 1)) / (double)images.Total,
        };
        for (var attack = 0; attack < attacks.Count - 1; attack++)
            metrics[RobustnessMetrics.After(attacks[attack].Name)] = state.Accuracy(attack + 1);
        return metrics;
    }

    /// <summary>The attacks of the standard version, in their order.</summary>
    /// <param name="options">How thoroughly they search.</param>
    /// <param name="classes">K.</param>
    public static IReadOnlyList<IAttack> Attacks(AutoAttackOptions options, int classes)
    {
        var ball = new Ball(options.Norm, options.Radius);
        var targets = Math.Min(options.Targets, classes - 1);
        return
        [
            new AutoPgdCrossEntropy(new AutoPgd(ball, options.Iterations)),
            new AutoPgdTargeted(new AutoPgd(ball, options.Iterations), targets),
            new FastAdaptiveBoundary(ball, options.Iterations, targets),
            new SquareAttack(ball, options.Queries),
        ];
    }

    /// <summary>A generator for each attack on each block, of which one is open at a time.</summary>
    sealed class DrawStreams(EvaluationContext context) : IDisposable
    {
        Generator? _random;

        public IDraws Of(IAttack attack, int block)
        {
            _random?.Dispose();
            _random = context.CreateGenerator(string.Create(CultureInfo.InvariantCulture, $"autoattack/{attack.Name}/block-{block}"));
            return new Draws(_random, context.Device);
        }

        public void Dispose() => _random?.Dispose();
    }
}
