using Sat.Engine.Weights;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Sinks;

/// <summary>Keeps the weights of the epochs that a run names, so that evaluations can measure them.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="training">Which epochs.</param>
/// <param name="method">Whose networks.</param>
/// <param name="normalization">How images are normalised; null: not at all.</param>
internal sealed class KeptWeights(RunLease lease, TrainingOptions training, Method method, Normalization? normalization) : IRunSink
{
    /// <inheritdoc/>
    public void EpochEnded(EpochReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var epoch = report.Telemetry.Epoch;
        if (training.KeepEpochs?.Contains(epoch) != true)
            return;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        lease.Write(lease.Folder.WeightsFileAfter(epoch), s => BackboneWeights.Write(s, method, normalization));
    }
}
