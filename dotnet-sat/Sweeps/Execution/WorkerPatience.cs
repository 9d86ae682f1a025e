using System.Globalization;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Decides when a worker is waited for no longer: it makes no step for as long as was allowed; it was asked to stop and shows no sign of
/// work; its run ended and it does not leave; its run's folder is gone. Whatever still writes a checkpoint or makes steps is waited for.
/// </summary>
internal sealed class WorkerPatience(RunSpec spec, RunFolder folder, SweepOptions options, TimeProvider time)
{
    private const int LongSteps = 3;

    private readonly WorkerPulse _pulse = new(folder, time);
    private bool _trains;
    private bool _ended;
    private bool _stops;

    /// <summary>Why the worker was ended, for its record; null: it was not.</summary>
    public string? Why { get; private set; }

    /// <summary>Takes what the worker told.</summary>
    public void Take(RunEvent told)
    {
        _trains |= told.Kind is RunEventKind.Progress or RunEventKind.Epoch;
        _ended |= told.Kind is RunEventKind.Ended;
    }

    /// <summary>True if the worker is to be ended.</summary>
    /// <param name="stops">True if it was asked to stop.</param>
    public bool IsOver(bool stops)
    {
        if (!Directory.Exists(folder.Path))
        {
            Why = $"its folder {folder.Path} was renamed or removed while it ran";
            return true;
        }
        _pulse.Look(_trains);
        if (stops && !_stops)
            _pulse.Restart();
        _stops = stops;
        if (_ended)
            return _pulse.Still >= options.Patience;
        var stopped = TimeSpan.FromTicks(Math.Max(options.Patience.Ticks, LongSteps * _pulse.Longest.Ticks));
        if (stops && _pulse.Still >= stopped)
            Why =
                $"it was asked to stop, but its worker showed no sign of work for {Text(_pulse.Still)}{Where}: it was ended, and will resume from its last checkpoint";
        else if (options.StallAfter is { } limit && _pulse.Still >= limit)
            Why =
                $"its worker made no step for {Text(limit)}{Where} and was ended: the method hangs, or a step takes longer than --stall-after allows";
        return Why is not null;
    }

    private string Where => $" (method '{spec.Method.Id}'{(_trains ? "" : ", before the first second of training was over")})";

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
