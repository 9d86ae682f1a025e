using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Representations;

/// <summary>
/// The usual protocol: backbone and batch statistics frozen, a linear classifier trained on top. For each learning rate two
/// classifiers are trained side by side, one without the held-out images and one with them. The first tells the best rate,
/// the second of that rate is measured on the test images, once.
/// </summary>
static class LinearEvaluation
{
    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, LinearOptions options)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        context.Backbone.eval();
        using var train = new LabelledImages("linear-eval", "training", context.Dataset.Train, context.Device);
        using var test = new LabelledImages("linear-eval", "test", context.Dataset.Test, context.Device);
        var rates = options.LearningRates;
        if (rates.Length == 0)
            throw new SatException(ExitCode.Planning, "evaluation 'linear-eval' needs at least one learning rate (learning-rates).");
        var held = (long)Math.Round(options.HeldOut * train.Count);
        if (held == 0 || held == train.Count)
        {
            throw new SatException(
                ExitCode.Planning,
                $"evaluation 'linear-eval': a share of {options.HeldOut} (held-out) of {train.Count} training images leaves none to {(held == 0 ? "choose the learning rate on" : "train on")}."
            );
        }

        var features = new Features(context);
        using var order = context.CreateGenerator("linear-eval/order");
        var heldOut = randperm(train.Count, ScalarType.Int64, generator: order).narrow(0, 0, held).to(context.Device);
        var counted = ones([train.Count], device: context.Device).index_fill_(0, heldOut, 0);
        using var probes = new LinearProbes(
            context.Backbone.FeatureDimension,
            context.Dataset.Classes.Count,
            [.. rates, .. rates],
            options.Momentum,
            options.WeightDecay,
            context.Device
        );
        Train(context, options, features, train, counted, probes, order);

        var choice = Accuracy(probes.Logits(features.Compute(train, heldOut)), train.Labels.index_select(0, heldOut));
        var best = Enumerable.Range(0, rates.Length).MaxBy(r => choice[r]);
        var logits = probes.Logits(features.Compute(test)).narrow(0, rates.Length + best, 1);
        var metrics = new Dictionary<string, double>
        {
            ["linear-top1"] = Accuracy(logits, test.Labels)[0],
            ["linear-held-out-top1"] = choice[best],
            ["linear-learning-rate"] = rates[best],
        };
        if (context.Dataset.Classes.Count > 5)
            metrics["linear-top5"] = logits
                .topk(5, dim: 2)
                .indexes.eq(test.Labels.view(1, -1, 1))
                .any(2)
                .to(ScalarType.Float64)
                .mean()
                .item<double>();
        return metrics;
    }

    /// <param name="context">Backbone, augmentation, device.</param>
    /// <param name="options">Options.</param>
    /// <param name="features">Images to features.</param>
    /// <param name="train">All training images.</param>
    /// <param name="counted">float32 [samples]: 0 where a sample is held out.</param>
    /// <param name="probes">Those of which the first half never learns from held-out samples.</param>
    /// <param name="random">Of the order.</param>
    static void Train(
        EvaluationContext context,
        LinearOptions options,
        Features features,
        LabelledImages train,
        Tensor counted,
        LinearProbes probes,
        Generator random
    )
    {
        using var scope = NewDisposeScope();
        var fixedFeatures = context.Augmentation is null ? features.Compute(train) : null;
        using var augmentation = context.CreateGenerator("linear-eval/augmentation");
        var steps = (train.Count + options.BatchSize - 1) / options.BatchSize;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            var order = randperm(train.Count, ScalarType.Int64, generator: random).to(context.Device);
            for (var step = 0L; step < steps; step++)
            {
                context.Stop.ThrowIfCancellationRequested();
                using var stepScope = NewDisposeScope();
                var indices = order.narrow(
                    0,
                    step * options.BatchSize,
                    Math.Min(options.BatchSize, train.Count - (step * options.BatchSize))
                );
                var inputs = fixedFeatures?.index_select(0, indices)
                    ?? features.Compute(context.Augmentation!.Apply(train.Fetch(indices), augmentation));
                var without = counted.index_select(0, indices).expand(options.LearningRates.Length, -1);
                var share = (epoch + ((double)step / steps)) / options.Epochs;
                probes.Step(
                    inputs,
                    train.Labels.index_select(0, indices),
                    cat([without, ones_like(without)]),
                    (1 + Math.Cos(Math.PI * share)) / 2
                );
            }
            context.Progress?.Invoke((epoch + 1.0) / options.Epochs);
        }
    }

    /// <summary>The share of right classes, a probe each.</summary>
    /// <param name="logits">[probes, samples, K].</param>
    /// <param name="labels">int64 [samples].</param>
    static double[] Accuracy(Tensor logits, Tensor labels) =>
        logits.argmax(2).eq(labels).to(ScalarType.Float64).mean([1]).cpu().data<double>().ToArray();
}
