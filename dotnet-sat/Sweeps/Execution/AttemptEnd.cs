using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>What came of an attempt to make a run.</summary>
/// <param name="Record">Its record; null: another sweep's worker has the run, or there is an obstacle and it was not begun.</param>
/// <param name="Obstacle">What no other run would survive either; null: nothing.</param>
internal readonly record struct AttemptEnd(RunRecord? Record, SatException? Obstacle = null);
