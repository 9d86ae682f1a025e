using System.Diagnostics;
using Sat.Engine.Checkpoints;
using Sat.Engine.Data;
using Sat.Engine.Evaluations;
using Sat.Engine.Measures;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The training loop: the same for every method.</summary>
public sealed class Trainer(
    TrainingSpec training, string methodId, Method method, optim.Optimizer optimizer, ISchedule schedule, BatchStream batches, TrainingData data, Pixels pixels, Seeds seeds, Tensor lossSum,
    OptimizerStep optimizerStep, Action<string> noted, LossScaler? scaler = null, Probe? probe = null, TimeProvider? time = null)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private readonly OwnMetrics _methodMetrics = new($"the method '{methodId}'", noted);
    private readonly OwnMetrics _probeMetrics = new($"the evaluation '{training.Probe?.Id}'", noted);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly (optim.ILearningRateController Group, double Rate)[] _rates = [.. optimizer.ParamGroups.Select(g => (g, g.LearningRate))];
    private readonly TorchSharp.Modules.Parameter[] _parameters = [.. method.Network.parameters().Where(p => p.requires_grad)];

    /// <summary>Trains for all epochs, or for those that are left.</summary>
    /// <param name="checkpoints">Where it may go on from, and where it leaves what others may go on from.</param>
    /// <param name="listener">Told how it goes.</param>
    /// <param name="stop">Asks it to stop; a checkpoint is written first.</param>
    /// <returns>The metrics of every evaluated epoch, the last among them.</returns>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IReadOnlyList<MetricsRow> Run(Checkpointer checkpoints, ITrainingListener listener, CancellationToken stop)
    {
        var from = checkpoints.From;
        var rows = new List<MetricsRow>(from?.Rows() ?? []);
        method.Network.train();
        // A method may keep something of its own for the epoch; its tensors are put back afterwards.
        if (from is { Position.StepInEpoch: > 0 })
            BeginEpoch(from.Position.Epoch);
        checkpoints.Restore();

        for (var epoch = from?.Position.Epoch ?? 0; epoch < training.Epochs; epoch++)
        {
            var resumed = from?.Position is { StepInEpoch: > 0 } position && position.Epoch == epoch;
            if (!resumed)
            {
                StopIfAsked(new TrainingPosition(epoch, 0), 0);
                using (no_grad())
                using (NewDisposeScope())
                    lossSum.zero_();
                BeginEpoch(epoch);
            }
            using var order = batches.NextOrder();
            var seconds = TrainEpoch(epoch, order, resumed ? from!.Position.StepInEpoch : 0, resumed ? from!.EpochSeconds : 0);

            var clock = Stopwatch.StartNew();
            var loss = lossSum.item<double>() / batches.SamplesPerEpoch;
            ThrowIfDiverged(loss, epoch);
            var last = epoch == training.Epochs - 1;
            MetricsRow? row = null;
            var probed = probe?.IsDue(epoch) ?? false;
            if (last || probed || (epoch + 1) % training.EvaluateEvery == 0)
                rows.Add(row = EvaluateUnlessStopped(epoch, loss, probed, seconds));
            listener.EpochEnded(row, new TelemetryRow(
                epoch + 1, seconds, clock.Elapsed.TotalSeconds, batches.SamplesPerEpoch / seconds, Environment.WorkingSet, Tensor.TotalCount));
        }
        return rows;

        double TrainEpoch(int epoch, SampleOrder order, long first, double secondsBefore)
        {
            var began = _time.GetTimestamp();
            var lastProgress = TimeSpan.Zero;
            double Seconds() => secondsBefore + _time.GetElapsedTime(began).TotalSeconds;
            for (var i = first; i < batches.StepsPerEpoch; i++)
            {
                var made = Step(order, epoch, i);
                if (_time.GetElapsedTime(began) is var elapsed && elapsed - lastProgress >= ProgressInterval)
                {
                    lastProgress = elapsed;
                    // Reading the sum waits for the device: often enough to save most of a lost epoch, too rarely to cost anything.
                    ThrowIfDiverged(lossSum.item<double>(), epoch);
                    listener.Progress(epoch + 1, made, batches.StepsPerEpoch * training.Epochs, Math.Min((i + 1 - first) * training.BatchSize, batches.SamplesPerEpoch) / elapsed.TotalSeconds);
                }
                checkpoints.StepMade(new TrainingPosition(epoch, i + 1), made, Seconds());
                StopIfAsked(new TrainingPosition(epoch, i + 1), Seconds());
            }
            return Seconds();
        }

        MetricsRow EvaluateUnlessStopped(int epoch, double loss, bool probed, double seconds)
        {
            try
            {
                return Evaluate(epoch, loss, probed, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                StopIfAsked(new TrainingPosition(epoch, batches.StepsPerEpoch), seconds);
                throw;
            }
        }

        void StopIfAsked(TrainingPosition position, double epochSeconds)
        {
            if (!stop.IsCancellationRequested)
                return;
            checkpoints.Write(position, position.Epoch * batches.StepsPerEpoch + position.StepInEpoch, epochSeconds);
            stop.ThrowIfCancellationRequested();
        }
    }

    private static void ThrowIfDiverged(double loss, int epoch)
    {
        if (!double.IsFinite(loss))
            throw new DivergedException(epoch + 1);
    }

    private void BeginEpoch(int epoch)
    {
        using var scope = NewDisposeScope();
        seeds.SeedGlobal(Seeds.Epoch, epoch);
        (method as IEpochStarted)?.EpochStarted(epoch);
    }

    /// <returns>Steps made, over all epochs.</returns>
    private long Step(SampleOrder order, int epoch, long stepInEpoch)
    {
        using var scope = NewDisposeScope();
        var step = epoch * batches.StepsPerEpoch + stepInEpoch;
        var factor = Factor(epoch, stepInEpoch);
        foreach (var (group, rate) in _rates)
            group.LearningRate = rate * factor;
        seeds.SeedGlobal(Seeds.Training, step);
        var batch = batches.Next(order, epoch, stepInEpoch);
        var loss = LossOf(batch);
        // After the loss: a method that crafts its inputs may have left gradients on the weights.
        foreach (var parameter in _parameters)
            parameter.grad = null;
        if (scaler is null)
        {
            loss.backward();
            optimizerStep.Make(overflow: null);
        }
        else
        {
            scaler.Scale(loss).backward();
            using var overflow = scaler.Unscale([.. _parameters.Select(p => p.grad).OfType<Tensor>()]);
            optimizerStep.Make(overflow);
            scaler.Update(overflow);
        }
        using var noGradients = no_grad();
        lossSum.add_(loss.detach(), batch.Indices.shape[0]);
        (method as IStepEnded)?.StepEnded(step);
        return step + 1;
    }

    /// <summary>The method's loss: a scalar that gradients can be taken of, or it is named.</summary>
    private Tensor LossOf(Batch batch)
    {
        var loss = method.Loss(batch);
        var fault =
            loss is null ? "null for its loss"
            : loss.IsInvalid ? "a loss that it had disposed"
            : loss.NumberOfElements != 1 ? $"a loss of shape [{string.Join(", ", loss.shape)}]"
            : !loss.requires_grad ? "a loss without a gradient: nothing would be learned from it"
            : null;
        return fault is null ? loss! : throw new SatException(
            ExitCode.RunFailed, $"the method '{methodId}' ({method.GetType().FullName}) returned {fault}. A loss is a scalar computed from the network's outputs, such as the mean over the batch");
    }

    private double Factor(int epoch, long stepInEpoch) =>
        schedule.Factor(new TrainingTime(epoch, training.Epochs, epoch * batches.StepsPerEpoch + stepInEpoch, batches.StepsPerEpoch));

    private MetricsRow Evaluate(int epoch, double loss, bool probed, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        seeds.SeedGlobal(Seeds.Evaluation, epoch);
        var values = new Dictionary<string, double>
        {
            [MetricNames.Loss] = loss,
            [MetricNames.LearningRate] = _rates[0].Rate * Factor(epoch, batches.StepsPerEpoch - 1),
        };
        if (method is IClassifier)
        {
            values[MetricNames.TestAccuracy] = Accuracy.Of(method, data.Test, pixels).Clean;
            var train = Accuracy.Of(method, data.Train, pixels);
            values[MetricNames.NoisyTrainAccuracy] = train.Noisy;
            values[MetricNames.CleanTrainAccuracy] = train.Clean;
            if (data.Validation is { } held)
            {
                var validation = Accuracy.Of(method, held, pixels);
                values[MetricNames.NoisyValidationAccuracy] = validation.Noisy;
                values[MetricNames.CleanValidationAccuracy] = validation.Clean;
            }
        }
        if (method is ISoftTargets soft && data.Train is { TellsWrongLabels: true, Given: { } given, Clean: { } truth })
        {
            foreach (var (name, value) in LabelRecovery.Shares(soft.SoftTargets, given, truth))
                values[name] = value;
        }
        if (method is IMethodMetrics own)
        {
            foreach (var (name, value) in _methodMetrics.Finite(own.Metrics(), epoch + 1))
                values[name] = value;
        }
        if (probed)
        {
            foreach (var (name, value) in _probeMetrics.Finite(probe!.Measure(epoch, stop), epoch + 1))
            {
                if (!values.TryAdd(name, value))
                    throw new SatException(ExitCode.RunFailed, $"the method '{methodId}' and the evaluation '{training.Probe!.Id}' both measure '{name}': leave training.probe out, or rename one of the metrics");
            }
        }
        return new MetricsRow(epoch + 1, values.Where(v => double.IsFinite(v.Value)).ToDictionary());
    }
}
