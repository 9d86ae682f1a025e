using System.Diagnostics;
using Sat.Engine.Weights;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;
using static TorchSharp.torch;

namespace Sat.Engine.Checkpoints;

/// <summary>Writes the checkpoints of a run, and resumes it from one.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="policy">How often.</param>
/// <param name="run">The run's id.</param>
/// <param name="environment">The present conditions.</param>
/// <param name="from">The checkpoint to go on from; null: the run is new.</param>
/// <param name="state">What is to be kept.</param>
/// <param name="log">Receives warnings.</param>
public sealed class Checkpointer(
    RunLease lease,
    CheckpointPolicy policy,
    string run,
    RunEnvironment environment,
    FoundCheckpoint? from,
    ICheckpointed state,
    TextWriter log
)
{
    private readonly CheckpointFolder _folder = new(lease.Folder);
    private readonly Stopwatch _work = Stopwatch.StartNew();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private long _lastStep = from?.Info.Step ?? 0;

    /// <summary>Where to go on from; null: the run is new.</summary>
    public CheckpointInfo? From => from?.Info;

    /// <summary>Seconds that writing took.</summary>
    public double WriteSeconds { get; private set; }

    /// <summary>Checkpoints written.</summary>
    public int Written { get; private set; }

    /// <summary>Puts everything back as it was at the checkpoint.</summary>
    /// <exception cref="SatException">It does not fit what this run is made of now (exit code 5).</exception>
    public void Restore()
    {
        if (from is null)
            return;
        try
        {
            using var file = new TensorFile(from.File.Path);
            state.Restore(file, from.Info);
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the checkpoint {from.File.Path} does not fit: {e.Message}. A plugin has changed since it was saved: start the run over with --no-resume, or go back to the plugin's earlier version.",
                inner: e
            );
        }
    }

    /// <summary>Writes a checkpoint if one is due.</summary>
    public void StepMade(TrainingPosition position, long step, double epochSeconds)
    {
        if (policy.Interval.IsDue(step - _lastStep, _since.Elapsed))
            Write(position, step, epochSeconds);
    }

    /// <summary>Writes a checkpoint, unless no step was made since the last.</summary>
    /// <param name="position">Where training stands.</param>
    /// <param name="step">Steps made, over all epochs.</param>
    /// <param name="epochSeconds">Seconds of training steps of the epoch so far.</param>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public void Write(TrainingPosition position, long step, double epochSeconds)
    {
        if (step == _lastStep)
            return;
        if (state.Obstacle is { } obstacle)
        {
            log.WriteLine($"warning: no checkpoint after step {step}: {obstacle}. A run that is stopped starts over.");
            _since.Restart();
            _lastStep = step;
            return;
        }
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var info = new CheckpointInfo
        {
            Run = run,
            Position = position,
            Step = step,
            Seconds = (From?.Seconds ?? 0) + _work.Elapsed.TotalSeconds,
            EpochSeconds = epochSeconds,
            Metrics = File.Exists(lease.Folder.MetricsFile)
                ? RegularFile.ReadAllText(lease.Folder.MetricsFile, RegularFile.MostOfDocument, FileShare.ReadWrite | FileShare.Delete)
                : "",
            Environment = environment,
            Optimizer = state.Numbers(),
            Method = state.MethodNumbers(),
            Chosen = state.ChosenEpoch,
        };
        _folder.Write(lease, step, policy.Keep, stream =>
            TensorFile.Write(
                stream,
                state.Tensors(position.StepInEpoch > 0),
                new Dictionary<string, string> { [CheckpointInfo.Key] = SatJson.Write(info) }
            )
        );
        _lastStep = step;
        _since.Restart();
        Written++;
        WriteSeconds += clock.Elapsed.TotalSeconds;
    }
}
