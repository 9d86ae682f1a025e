using System.Globalization;
using System.Text;
using Sat.Evaluations.Representations;
using Sat.Evaluations.Robustness.States;
using Sat.Evaluations.Robustness.Targets;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Corruptions;

/// <summary>Accuracy on test images that were corrupted in several ways (arXiv 1903.12261). What is stopped goes on after the last of them
/// that it finished.</summary>
static class CorruptionsEvaluation
{
    private const string Id = "corruptions";
    private const string Table = "corruptions.csv";

    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, CorruptionsOptions options)
    {
        if (context.Dataset.Test is not IHasConditions { Conditions: { Count: > 0 } conditions })
            throw new SatException(
                ExitCode.Planning,
                $"evaluation '{Id}' needs test images that were corrupted, and the dataset has none: give it a dataset that has, as in '{{ evaluation: {Id}, dataset: cifar10-c }}'."
            );
        if (conditions.FirstOrDefault(c => c.Count < options.Samples) is { } small)
            throw new SatException(
                ExitCode.Planning,
                $"evaluation '{Id}' is to measure {Count.Of(options.Samples, "image")} of each corruption (samples), but there are {small.Count} of {small.Name} at severity {small.Severity}."
            );
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var images = new LabelledImages(Id, "test", context.Dataset.Test, context.Device);
        var classifier = AttackedClassifier.From(context);
        var state = KeptState.Open<CorruptionsState>(context.Files) ?? new CorruptionsState([]);
        while (state.Accuracies.Length < conditions.Count)
        {
            var condition = conditions[state.Accuracies.Length];
            var count = options.Samples == 0 ? condition.Count : options.Samples;
            var correct = Correct(classifier, images, condition.First, count, options.BatchSize);
            state = new CorruptionsState([.. state.Accuracies, correct / (double)count]);
            KeptState.Save(context.Files, state);
            context.Progress?.Invoke(state.Accuracies.Length / (double)conditions.Count);
        }
        (SampleCondition Condition, double Accuracy)[] measured = [.. conditions.Zip(state.Accuracies)];
        Write(context, measured);
        return measured
            .GroupBy(m => CorruptionsMetrics.AtSeverity(m.Condition.Severity))
            .Concat(measured.GroupBy(m => CorruptionsMetrics.Under(m.Condition.Name)))
            .Select(g => KeyValuePair.Create(g.Key, g.Average(m => m.Accuracy)))
            .Append(KeyValuePair.Create(CorruptionsMetrics.MeanError, 1 - measured.Average(m => m.Accuracy)))
            .ToDictionary();
    }

    private static long Correct(AttackedClassifier classifier, LabelledImages images, long first, long count, int batchSize)
    {
        var correct = 0L;
        for (var start = 0L; start < count; start += batchSize)
        {
            using var batch = NewDisposeScope();
            var positions = arange(first + start, first + Math.Min(start + batchSize, count), device: images.Labels.device);
            var pixels = images.Fetch(positions).to(ScalarType.Float32).div_(255);
            correct += classifier.Correct(pixels, images.Labels.index_select(0, positions)).sum().item<long>();
        }
        return correct;
    }

    /// <summary>A row for each corruption and severity.</summary>
    private static void Write(EvaluationContext context, IEnumerable<(SampleCondition Condition, double Accuracy)> measured)
    {
        var text = new StringBuilder("corruption,severity,accuracy\n");
        foreach (var (condition, accuracy) in measured)
            text.Append(CultureInfo.InvariantCulture, $"{condition.Name},{condition.Severity},{accuracy}\n");
        context.Files?.Write(Table, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
