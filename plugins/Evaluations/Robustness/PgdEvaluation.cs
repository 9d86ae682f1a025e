using System.Globalization;
using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.States;
using Sat.Evaluations.Robustness.Targets;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Robustness;

/// <summary>Accuracy under PGD on the cross entropy. An image counts as robust when it gets its class as it is, and after the last step of
/// every restart. What is stopped goes on after the last block that it finished, with the same bits: each has random numbers of its
/// own.</summary>
static class PgdEvaluation
{
    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, PgdOptions options)
    {
        if (options is { Start: StartKind.None, Restarts: > 1 })
            throw new SatException(
                ExitCode.Planning,
                "evaluation 'pgd': restarts without random starts (start: none) are the same attack again: set 'start: uniform', or 'restarts: 1'."
            );
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var classifier = AttackedClassifier.From(context);
        using var images = new TestImages("pgd", context, options.Samples, options.BatchSize);
        var state = KeptState.Open<PgdState>(context.Files) ?? PgdState.None;
        while (state.Done < images.Blocks)
        {
            var block = state.Done;
            using var blockScope = NewDisposeScope();
            var (clean, labels) = images.Block(block);
            var attacked = new AttackedBlock(classifier, options, clean, labels);
            for (var restart = 0; restart < options.Restarts; restart++)
            {
                using var random = context.CreateGenerator(
                    string.Create(CultureInfo.InvariantCulture, $"pgd/restart-{restart}/block-{block}")
                );
                attacked.Attack(random);
            }
            state = new PgdState(
                block + 1,
                [.. state.Robust, .. attacked.Robust.to(ScalarType.Byte).cpu().data<byte>().ToArray()],
                state.Natural + attacked.Correct.sum().item<long>(),
                state.WithoutGradient + classifier.WithoutGradient(clean, labels).logical_and_(attacked.Correct).sum().item<long>()
            );
            KeptState.Save(context.Files, state);
            context.Progress?.Invoke((double)state.Done / images.Blocks);
        }
        RobustFile.Write(context, state.Robust.Select(r => r == 1));
        return new Dictionary<string, double>
        {
            [RobustnessMetrics.Pgd] = state.Robust.Count(r => r == 1) / (double)images.Total,
            [RobustnessMetrics.Natural] = state.Natural / (double)images.Total,
            [RobustnessMetrics.WithoutGradient] = state.Natural == 0 ? 0 : state.WithoutGradient / (double)state.Natural,
        };
    }

    /// <summary>Images that are attacked side by side.</summary>
    sealed class AttackedBlock
    {
        readonly AttackedClassifier _classifier;
        readonly PgdOptions _options;
        readonly ProjectedGradient _attack;
        readonly Tensor _images;
        readonly Tensor _labels;

        public AttackedBlock(AttackedClassifier classifier, PgdOptions options, Tensor images, Tensor labels)
        {
            (_classifier, _options, _images, _labels) = (classifier, options, images, labels);
            _attack = new ProjectedGradient(new Ball(options.Norm, options.Radius), options.StepSize, options.Steps);
            Correct = classifier.Correct(images, labels);
            Robust = Correct.clone();
        }

        /// <summary>True where an image gets its class as it is.</summary>
        public Tensor Correct { get; }

        /// <summary>True where it also did after every attack so far.</summary>
        public Tensor Robust { get; }

        public void Attack(Generator random)
        {
            var start = _options.Start == StartKind.None ? _images : _images + UniformDraw.Within(_attack.Ball, _images, random);
            var crafted = _attack.Run(_images, start, images =>
                cross_entropy(_classifier.Logits(images), _labels, reduction: nn.Reduction.Sum)
            );
            Robust.logical_and_(_classifier.Correct(crafted, _labels));
        }
    }
}
