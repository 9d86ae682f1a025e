using System.Globalization;
using Sat.Records.Data;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Tool.Display;

/// <summary>Short texts on runs, the same on a terminal and in lines.</summary>
internal static class RunText
{
    public static string Percent(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %") : "-";

    /// <summary>A duration: <c>0:42</c>, <c>1:02:03</c>, and <c>3 d 4 h</c> from 100 hours on.</summary>
    public static string Time(TimeSpan exact)
    {
        var time = TimeSpan.FromSeconds(Math.Round(exact.TotalSeconds));
        return time.TotalHours >= 100 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h")
            : time.TotalHours >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary>A duration that is not known exactly, in words: <c>40 seconds</c>, <c>12 minutes</c>, <c>3.5 hours</c>.</summary>
    public static string InWords(TimeSpan time)
    {
        return time switch
        {
            { TotalSeconds: < 100 } => Records.Count.Of(Math.Max(1, (long)Math.Round(time.TotalSeconds)), "second"),
            { TotalMinutes: < 100 } => Records.Count.Of((long)Math.Round(time.TotalMinutes), "minute"),
            { TotalHours: < 48 } => $"{Tenths(time.TotalHours)} hours",
            _ => $"{Tenths(time.TotalDays)} days",
        };

        static string Tenths(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What a run is doing: which epoch it trains, or that it evaluates what another one left.</summary>
    public static string Doing(RunSpec spec, RunEvent progress) =>
        spec.Evaluation is null ? string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch}/{progress.Epochs}")
        : spec.EvaluateOn?.Epoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $"evaluating epoch {epoch}")
        : "evaluating";

    /// <summary>What a run does with a large file before it trains.</summary>
    public static string Reading(DataProgress reading) =>
        reading.Total is > 0 and var bytes
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{DataText.Stage(reading.Stage)} {reading.Name}, {100 * reading.Bytes / bytes} %"
            )
            : $"{DataText.Stage(reading.Stage)} {reading.Name}";

    /// <summary>Why a run will be started again.</summary>
    public static string Postponed(RunRecord record) => $"{record.Error}; it is tried again, alone, once the others have ended";

    /// <summary>What is damaged of a run, which is made again.</summary>
    public static string Damaged(string damage) => $"warning: {damage.TrimEnd('.')}. The run is repeated.";

    /// <summary>What is waited for at the end.</summary>
    public static string Watched(int runs) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Records.Count.Of(runs, "run")} held by other workers: waiting to see whether they are alive; a run without a sign of life for a minute is taken over"
        );
}
