using System.Diagnostics;
using Sat.Engine.Checkpoints;
using Sat.Engine.Randomness;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The training loop, the same for every method; docs/architecture.md has it as a page.</summary>
/// <param name="state">What is trained.</param>
/// <param name="loop">How long and how fast.</param>
/// <param name="evaluation">What is measured.</param>
/// <param name="checkpoints">Where it may go on from, and where it leaves what others may go on from.</param>
/// <param name="sink">Receives metrics, telemetry and progress.</param>
public sealed class Trainer(TrainingState state, TrainingLoop loop, EpochEvaluation evaluation, Checkpointer checkpoints, IRunSink sink)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private readonly Method _method = state.Method;
    private readonly BatchStream _batches = state.Batches;
    private readonly int _epochs = loop.Training.Epochs;
    private readonly TrainingStep _step = TrainingStep.Create(state, new MethodErrors(loop.Spec.Method.Id, state.Method));

    /// <summary>Trains for all epochs, or for those that are left.</summary>
    /// <param name="stop">Asks it to stop; a checkpoint is written first.</param>
    /// <returns>What came of it; the networks hold the weights of the epoch that is its result.</returns>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public TrainingOutcome Run(CancellationToken stop)
    {
        var rows = new List<MetricsRow>(checkpoints.From?.Rows() ?? []);
        var from = checkpoints.From?.Position ?? default;
        _method.Network.train();
        // A method may keep something of its own for the epoch; its tensors are put back afterwards.
        if (from.StepInEpoch > 0)
            BeginEpoch(from.Epoch);
        checkpoints.Restore();

        for (var epoch = from.Epoch; epoch < _epochs; epoch++)
        {
            var (first, before) = epoch == from.Epoch && from.StepInEpoch > 0 ? (from.StepInEpoch, checkpoints.From!.EpochSeconds) : (0, 0);
            if (first == 0)
            {
                StopIfAsked(new TrainingPosition(epoch, 0), 0, stop);
                ClearLossSum();
                BeginEpoch(epoch);
                Survey(epoch);
            }
            using var orders = _batches.NextOrders(epoch);
            var seconds = TrainEpoch(orders, epoch, first, before, stop);

            var clock = Stopwatch.StartNew();
            var loss = state.LossSum.item<double>() / _batches.SamplesPerEpoch;
            ThrowIfDiverged(loss, epoch);
            var row = evaluation.IsDue(epoch) ? Evaluate(epoch, loss, seconds, stop) : null;
            if (row is not null)
                rows.Add(row);
            var isLast = row is not null && IsStopped(row);
            sink.EpochEnded(
                new EpochReport(
                    row,
                    new TelemetryRow(
                        epoch + 1,
                        seconds,
                        clock.Elapsed.TotalSeconds,
                        _batches.SamplesPerEpoch / seconds,
                        Environment.WorkingSet,
                        Tensor.TotalCount
                    )
                )
            );
            if (isLast)
                break;
        }
        state.Chosen?.PutBack();
        return TrainingOutcome.Of(rows, state.Chosen);
    }

    /// <returns>Seconds that the epoch's steps took, those before a checkpoint among them.</returns>
    private double TrainEpoch(EpochOrders orders, int epoch, long first, double before, CancellationToken stop)
    {
        var began = loop.Time.GetTimestamp();
        var lastProgress = TimeSpan.Zero;
        double Seconds() => before + loop.Time.GetElapsedTime(began).TotalSeconds;
        for (var i = first; i < _batches.StepsPerEpoch; i++)
        {
            Step(orders, epoch, i);
            var position = new TrainingPosition(epoch, i + 1);
            if (loop.Time.GetElapsedTime(began) is var elapsed && elapsed - lastProgress >= ProgressInterval)
            {
                lastProgress = elapsed;
                // Reading the sum waits for the device: often enough to save most of a lost epoch, too rarely to cost anything.
                ThrowIfDiverged(state.LossSum.item<double>(), epoch);
                var samples = Math.Min((i + 1 - first) * loop.Training.BatchSize, _batches.SamplesPerEpoch);
                sink.Progress(new RunProgress(epoch + 1, Made(position), _batches.StepsPerEpoch * _epochs, samples / elapsed.TotalSeconds));
            }
            checkpoints.StepMade(position, Made(position), Seconds());
            StopIfAsked(position, Seconds(), stop);
        }
        return Seconds();
    }

    private void Step(EpochOrders orders, int epoch, long stepInEpoch)
    {
        using var scope = NewDisposeScope();
        var step = epoch * _batches.StepsPerEpoch + stepInEpoch;
        state.Groups.Schedule(Factor(epoch, stepInEpoch));
        loop.Seeds.SeedGlobal(Seeds.Training, step);
        var batch = _batches.Next(orders, epoch, stepInEpoch);
        var loss = _step.Make(batch);
        using var noGradients = no_grad();
        state.LossSum.add_(loss.detach(), batch.Indices.shape[0]);
        (_method as IStepEnded)?.StepEnded(step);
    }

    private MetricsRow Evaluate(int epoch, double loss, double seconds, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        loop.Seeds.SeedGlobal(Seeds.Evaluation, epoch);
        var values = new Dictionary<string, double>
        {
            [MetricNames.Loss] = loss,
            [MetricNames.LearningRate] = state.Groups.BaseRate * Factor(epoch, _batches.StepsPerEpoch - 1),
        };
        try
        {
            foreach (var (name, value) in evaluation.Measure(epoch, stop))
                values[name] = value;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            StopIfAsked(new TrainingPosition(epoch, _batches.StepsPerEpoch), seconds, stop);
            throw;
        }
        return new MetricsRow(epoch + 1, values);
    }

    /// <summary>Asks the method what it makes of an epoch.</summary>
    /// <returns>True if it trains no further.</returns>
    private bool IsStopped(MetricsRow row)
    {
        if (state.Chosen is not { } chosen)
            return false;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var decision = ((IEpochSelection)_method).Decide(row.Epoch - 1, EpochEvaluation.OfValidation(row.Values));
        if (decision is EpochDecision.Keep)
            chosen.Keep(row.Epoch);
        return decision is EpochDecision.Stop;
    }

    private void BeginEpoch(int epoch)
    {
        using var scope = NewDisposeScope();
        loop.Seeds.SeedGlobal(Seeds.Epoch, epoch);
        (_method as IEpochStarted)?.EpochStarted(epoch);
    }

    private void Survey(int epoch)
    {
        if (_method is not ISurvey surveyor)
            return;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _method.Network.eval();
        surveyor.Survey(epoch, _batches.Survey(epoch));
        _method.Network.train();
    }

    private void ClearLossSum()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        state.LossSum.zero_();
    }

    private void StopIfAsked(TrainingPosition position, double epochSeconds, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
            return;
        checkpoints.Write(position, Made(position), epochSeconds);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Steps made, over all epochs.</summary>
    private long Made(TrainingPosition position) => position.Epoch * _batches.StepsPerEpoch + position.StepInEpoch;

    private static void ThrowIfDiverged(double loss, int epoch)
    {
        if (!double.IsFinite(loss))
            throw new DivergedException(epoch + 1);
    }

    private double Factor(int epoch, long stepInEpoch) =>
        loop.Schedule.Factor(new TrainingTime(epoch, _epochs, epoch * _batches.StepsPerEpoch + stepInEpoch, _batches.StepsPerEpoch));
}
