namespace Sat.Sdk;

/// <summary>
/// A method that stops early, or chooses the epoch whose weights are its result: on held-out samples of the training set, never on the test
/// set. A run without <c>training.validation</c> is refused. When training is over, the networks hold the weights of the epoch that was
/// kept last, and the run's final metrics are that epoch's; where none was kept, those of the last epoch trained.
/// <see cref="IMethodState.State"/> stays as training left it.
/// </summary>
public interface IEpochSelection
{
    /// <summary>Called after each epoch that is evaluated. What it remembers from epoch to epoch belongs into
    /// <see cref="IMethodNumbers"/>.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="validation">The metrics on the held-out samples that need no true labels:
    /// <see cref="Records.Metrics.MetricNames.NoisyValidationAccuracy"/>.</param>
    EpochDecision Decide(int epoch, IReadOnlyDictionary<string, double> validation);
}
