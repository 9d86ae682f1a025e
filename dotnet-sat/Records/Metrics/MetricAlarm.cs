namespace Sat.Records.Metrics;

/// <summary>What a metric says when it is 1: that a run went wrong, although nothing failed. It is 0 where all is well.</summary>
/// <param name="Word">The run's state in a word, as in <c>3 of 5 runs collapsed</c>.</param>
/// <param name="Sentence">The same after a number of runs: <c>collapsed onto nearly one representation, whatever the loss says</c>.</param>
public sealed record MetricAlarm(string Word, string Sentence);
