using System.Diagnostics;
using Sat.Engine.Data;
using Sat.Engine.Measures;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The training loop: the same for every method.</summary>
public sealed class Trainer(TrainingSpec training, Method method, optim.Optimizer optimizer, ISchedule schedule, BatchStream batches, TrainingData data, Pixels pixels)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>Trains for all epochs.</summary>
    /// <returns>The metrics of every evaluated epoch, the last among them.</returns>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IReadOnlyList<MetricsRow> Run(ITrainingListener listener, CancellationToken stop)
    {
        var rows = new List<MetricsRow>();
        var groups = optimizer.ParamGroups.Select(g => (Group: g, Rate: g.LearningRate)).ToArray();
        var steps = batches.StepsPerEpoch * training.Epochs;
        using var lossSum = zeros(1, ScalarType.Float64, method.Task.Device).DetachFromDisposeScope();
        method.Network.train();

        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            var clock = Stopwatch.StartNew();
            var lastProgress = TimeSpan.Zero;
            using var order = batches.NextOrder();
            using (no_grad())
            using (NewDisposeScope())
                lossSum.zero_();
            using (NewDisposeScope())
                (method as IEpochStarted)?.EpochStarted(epoch);

            for (var i = 0L; i < batches.StepsPerEpoch; i++)
            {
                stop.ThrowIfCancellationRequested();
                var step = epoch * batches.StepsPerEpoch + i;
                var factor = schedule.Factor(new TrainingTime(epoch, training.Epochs, step, batches.StepsPerEpoch));
                foreach (var (group, rate) in groups)
                    group.LearningRate = rate * factor;
                Step(order, epoch, i, lossSum);

                if (clock.Elapsed - lastProgress >= ProgressInterval)
                {
                    lastProgress = clock.Elapsed;
                    // Reading the sum waits for the device: often enough to save most of a lost epoch, too rarely to cost anything.
                    ThrowIfDiverged(lossSum.item<double>(), epoch);
                    listener.Progress(epoch + 1, step + 1, steps, Math.Min((i + 1) * training.BatchSize, data.Train.Count) / clock.Elapsed.TotalSeconds);
                }
            }

            var loss = lossSum.item<double>() / data.Train.Count;
            var trainSeconds = clock.Elapsed.TotalSeconds;
            ThrowIfDiverged(loss, epoch);

            var last = epoch == training.Epochs - 1;
            MetricsRow? row = null;
            if (last || (epoch + 1) % training.EvaluateEvery == 0)
                rows.Add(row = Evaluate(epoch, loss));
            listener.EpochEnded(row, new TelemetryRow(
                epoch + 1, trainSeconds, clock.Elapsed.TotalSeconds - trainSeconds, data.Train.Count / trainSeconds,
                Environment.WorkingSet, Tensor.TotalCount));
        }
        return rows;
    }

    private static void ThrowIfDiverged(double loss, int epoch)
    {
        if (!double.IsFinite(loss))
            throw new DivergedException(epoch + 1);
    }

    private void Step(Tensor order, int epoch, long stepInEpoch, Tensor lossSum)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Next(order, epoch, stepInEpoch);
        var loss = method.Loss(batch);
        // After the loss: a method that crafts its inputs may have left gradients on the weights.
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        using var noGradients = no_grad();
        lossSum.add_(loss.detach(), batch.Indices.shape[0]);
        (method as IStepEnded)?.StepEnded(batch.Step);
    }

    private MetricsRow Evaluate(int epoch, double loss)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var values = new Dictionary<string, double>
        {
            [MetricNames.Loss] = loss,
            [MetricNames.LearningRate] = optimizer.ParamGroups.First().LearningRate,
        };
        if (method is IClassifier)
        {
            values[MetricNames.TestAccuracy] = Accuracy.Of(method, data.Test, pixels).True;
            var train = Accuracy.Of(method, data.Train, pixels);
            values[MetricNames.NoisyTrainAccuracy] = train.Given;
            values[MetricNames.CleanTrainAccuracy] = train.True;
            if (data.Validation is { } held)
            {
                var validation = Accuracy.Of(method, held, pixels);
                values[MetricNames.NoisyValidationAccuracy] = validation.Given;
                values[MetricNames.CleanValidationAccuracy] = validation.True;
            }
        }
        if (method is ISoftTargets soft && data.Train is { Given: { } given, True: { } truth })
        {
            foreach (var (name, value) in LabelRecovery.Shares(soft.SoftTargets, given, truth))
                values[name] = value;
        }
        foreach (var (name, value) in (method as IMethodMetrics)?.Metrics() ?? new Dictionary<string, double>())
            values[name] = value;
        return new MetricsRow(epoch + 1, values.Where(v => double.IsFinite(v.Value)).ToDictionary());
    }
}
