namespace Sat.Data.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>Tries in a row that bring less than <see cref="Headway"/>, before it gives up; at least 1.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>A try that brings this many new bytes was worth it: the count of tries begins anew.</summary>
    public long Headway { get; init; } = 1 << 20;

    /// <summary>How long a connection, an answer or the next bytes may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Wait after the first failure; each further one in a row doubles it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of waits and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">At least 1.</param>
    public TimeSpan Pause(int failures) =>
        TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30)), LongestPause.TotalSeconds));
}
