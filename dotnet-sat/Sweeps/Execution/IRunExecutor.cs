using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>Starts workers: on this machine, or wherever an executor may send them.</summary>
public interface IRunExecutor
{
    /// <summary>Starts a worker on a run's folder and waits for its end.</summary>
    /// <param name="folder">The folder, with its request.</param>
    /// <param name="device">Where it is made, as <c>--device</c> takes it.</param>
    /// <param name="stop">Asks the worker to end at its next chance; it is waited for.</param>
    /// <param name="kill">Ends the worker at once.</param>
    /// <exception cref="SatException">No worker can be started at all (exit code 5).</exception>
    Task<WorkerExit> RunAsync(RunFolder folder, string device, CancellationToken stop, CancellationToken kill);
}
