using System.Diagnostics;
using Sat.Engine.Checkpoints;
using Sat.Engine.Randomness;
using Sat.Records;
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
    private readonly (optim.ILearningRateController Group, double Rate)[] _rates =
    [
        .. state.Optimizer.ParamGroups.Select(g => (g, g.LearningRate)),
    ];
    private readonly TorchSharp.Modules.Parameter[] _parameters = [.. state.Method.Network.parameters().Where(p => p.requires_grad)];

    /// <summary>Trains for all epochs, or for those that are left.</summary>
    /// <param name="stop">Asks it to stop; a checkpoint is written first.</param>
    /// <returns>The metrics of every evaluated epoch, the last among them.</returns>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IReadOnlyList<MetricsRow> Run(CancellationToken stop)
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
            }
            using var order = _batches.NextOrder();
            var seconds = TrainEpoch(order, epoch, first, before, stop);

            var clock = Stopwatch.StartNew();
            var loss = state.LossSum.item<double>() / _batches.SamplesPerEpoch;
            ThrowIfDiverged(loss, epoch);
            var row = evaluation.IsDue(epoch) ? Evaluate(epoch, loss, seconds, stop) : null;
            if (row is not null)
                rows.Add(row);
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
        }
        return rows;
    }

    /// <returns>Seconds that the epoch's steps took, those before a checkpoint among them.</returns>
    private double TrainEpoch(SampleOrder order, int epoch, long first, double before, CancellationToken stop)
    {
        var began = loop.Time.GetTimestamp();
        var lastProgress = TimeSpan.Zero;
        double Seconds() => before + loop.Time.GetElapsedTime(began).TotalSeconds;
        for (var i = first; i < _batches.StepsPerEpoch; i++)
        {
            Step(order, epoch, i);
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

    private void Step(SampleOrder order, int epoch, long stepInEpoch)
    {
        using var scope = NewDisposeScope();
        var step = epoch * _batches.StepsPerEpoch + stepInEpoch;
        var factor = Factor(epoch, stepInEpoch);
        foreach (var (group, rate) in _rates)
            group.LearningRate = rate * factor;
        loop.Seeds.SeedGlobal(Seeds.Training, step);
        var batch = _batches.Next(order, epoch, stepInEpoch);
        var loss = LossOf(batch);
        // After the loss: a method that crafts its inputs may have left gradients on the weights.
        foreach (var parameter in _parameters)
            parameter.grad = null;
        if (state.Scaler is not { } scaler)
        {
            loss.backward();
            loop.Step.Make(overflow: null);
        }
        else
        {
            scaler.Scale(loss).backward();
            using var overflow = scaler.Unscale([.. _parameters.Select(p => p.grad).OfType<Tensor>()]);
            loop.Step.Make(overflow);
            scaler.Update(overflow);
        }
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
            [MetricNames.LearningRate] = _rates[0].Rate * Factor(epoch, _batches.StepsPerEpoch - 1),
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

    private void BeginEpoch(int epoch)
    {
        using var scope = NewDisposeScope();
        loop.Seeds.SeedGlobal(Seeds.Epoch, epoch);
        (_method as IEpochStarted)?.EpochStarted(epoch);
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

    /// <summary>The method's loss: a scalar that gradients can be taken of, or it is named.</summary>
    private Tensor LossOf(Batch batch)
    {
        var loss = _method.Loss(batch);
        var fault =
            loss is null ? "null for its loss"
            : loss.IsInvalid ? "a loss that it had disposed"
            : loss.NumberOfElements != 1 ? $"a loss of shape [{string.Join(", ", loss.shape)}]"
            : !loss.requires_grad ? "a loss without a gradient: nothing would be learned from it"
            : null;
        return fault is null
            ? loss!
            : throw new SatException(
                ExitCode.RunFailed,
                $"the method '{loop.Spec.Method.Id}' ({_method.GetType().FullName}) returned {fault}. A loss is a scalar computed from the network's outputs, such as the mean over the batch"
            );
    }

    private double Factor(int epoch, long stepInEpoch) =>
        loop.Schedule.Factor(new TrainingTime(epoch, _epochs, epoch * _batches.StepsPerEpoch + stepInEpoch, _batches.StepsPerEpoch));
}
