using System.Globalization;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Tells by a run's files whether its worker gets on: events tell of steps and epochs, and a checkpoint or an outcome that is being written
/// grows. That the lease is renewed says nothing, for another thread does that.
/// </summary>
/// <param name="folder">The run's folder.</param>
/// <param name="time">Tells the time; null: the system's.</param>
public sealed class WorkerPulse(RunFolder folder, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private string _last = "";
    private long _moved = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>For how long nothing has moved, at the last look.</summary>
    public TimeSpan Still { get; private set; }

    /// <summary>The longest that it took from one sign of work to the next.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Looks.</summary>
    /// <param name="trains">True once steps are made: what comes before, reading data among it, says nothing of how long one takes.</param>
    public void Look(bool trains)
    {
        var (at, now) = (_time.GetTimestamp(), Files());
        Still = _time.GetElapsedTime(_moved, at);
        if (now == _last)
            return;
        if (trains && Still > Longest)
            Longest = Still;
        (_last, _moved, Still) = (now, at, TimeSpan.Zero);
    }

    /// <summary>Begins to count anew: something was asked of the worker.</summary>
    public void Restart() => (_moved, Still) = (_time.GetTimestamp(), TimeSpan.Zero);

    private string Files()
    {
        try
        {
            return string.Join(
                '|',
                new DirectoryInfo(folder.Path)
                    .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                    .Where(f => f.FullName != folder.LogFile && !IsBeat(f))
                    .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name}:{(f.Exists ? f.Length : 0)}"))
                    .Order(StringComparer.Ordinal)
            );
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool IsBeat(FileInfo file) =>
        file.Name == RunLease.BeatFile && file.Directory!.Name.StartsWith(RunLease.FolderPrefix, StringComparison.Ordinal);
}
