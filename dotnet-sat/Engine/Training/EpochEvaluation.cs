using Sat.Engine.Data;
using Sat.Engine.Evaluations;
using Sat.Engine.Measures;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>What is measured when an epoch ends.</summary>
/// <param name="spec">The run.</param>
/// <param name="method">The method.</param>
/// <param name="errors">For a method that gives what it may not.</param>
/// <param name="data">The run's data.</param>
/// <param name="pixels">From bytes to normalised images.</param>
/// <param name="probe">An evaluation of the backbone; null: none is asked for.</param>
/// <param name="noted">Receives a sentence when a value is left out.</param>
public sealed class EpochEvaluation(
    RunSpec spec,
    Method method,
    MethodErrors errors,
    TrainingData data,
    Pixels pixels,
    Probe? probe,
    Action<string> noted
)
{
    private readonly OwnMetrics _ofMethod = new($"the method '{spec.Method.Id}'", noted);
    private readonly OwnMetrics _ofProbe = new($"the evaluation '{spec.Training.Probe?.Id}'", noted);

    /// <summary>Those of an epoch's metrics that a method may see, to decide by them: measured on held-out samples, and not by their true
    /// labels.</summary>
    public static IReadOnlyDictionary<string, double> OfValidation(IReadOnlyDictionary<string, double> values) =>
        values.Where(v => v.Key == MetricNames.NoisyValidationAccuracy).ToDictionary();

    /// <summary>True after the epochs that are evaluated.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public bool IsDue(int epoch) => spec.Training.IsEvaluated(epoch) || IsProbed(epoch);

    /// <summary>Metric to value after an epoch, without those of the loop itself; none is infinite or not a number.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <exception cref="SatException">The method or the evaluation returns metrics that it may not (exit code 3).</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IEnumerable<KeyValuePair<string, double>> Measure(int epoch, CancellationToken stop)
    {
        var values = new Dictionary<string, double>();
        if (method is IClassifier)
        {
            values[MetricNames.TestAccuracy] = Accuracy.Measure(method, data.Test, pixels).Clean;
            (values[MetricNames.NoisyTrainAccuracy], values[MetricNames.CleanTrainAccuracy]) = Accuracy.Measure(method, data.Train, pixels);
            if (data.Validation is { } held)
                (values[MetricNames.NoisyValidationAccuracy], values[MetricNames.CleanValidationAccuracy]) = Accuracy.Measure(
                    method,
                    held,
                    pixels
                );
        }
        if (method is ISoftTargets soft && data.Train is { TellsWrongLabels: true, Given: { } given, Clean: { } truth })
        {
            foreach (var (name, value) in LabelRecovery.Shares(soft.SoftTargets, given, truth))
                values[name] = value;
        }
        if (method is ISampleSelection selection)
        {
            foreach (var (name, value) in SelectionOf(selection))
                values[name] = value;
        }
        if (method is IMethodMetrics own)
        {
            foreach (var (name, value) in _ofMethod.Finite(own.Metrics(), epoch + 1))
                values[name] = value;
        }
        if (IsProbed(epoch))
        {
            foreach (var (name, value) in _ofProbe.Finite(probe!.Measure(epoch, stop), epoch + 1))
            {
                if (!values.TryAdd(name, value))
                    throw new SatException(
                        ExitCode.RunFailed,
                        $"the method '{spec.Method.Id}' and the evaluation '{spec.Training.Probe!.Id}' both measure '{name}': leave training.probe out, or rename one of the metrics"
                    );
            }
        }
        return values.Where(v => double.IsFinite(v.Value));
    }

    private IEnumerable<KeyValuePair<string, double>> SelectionOf(ISampleSelection selection)
    {
        var selected = selection.Selected;
        if (selected is null || selected.IsInvalid)
            throw errors.Of($"gave no tensor in {nameof(ISampleSelection)}.{nameof(ISampleSelection.Selected)}");
        if (selected.dtype != ScalarType.Bool || !selected.shape.SequenceEqual([data.Train.Count]))
            throw errors.Of(
                FormattableString.Invariant(
                    $"gave a selection of type {selected.dtype} and shape [{string.Join(", ", selected.shape)}]: it takes bool [{data.Train.Count}], a value for each training sample"
                )
            );
        return data.Train is { TellsWrongLabels: true, Given: { } given, Clean: { } truth }
            ? SelectionQuality.Shares(selected.to(given.device), given.eq(truth))
            : [];
    }

    private bool IsProbed(int epoch) => probe?.IsDue(epoch) ?? false;
}
