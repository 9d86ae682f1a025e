using Sat.Records;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>The dropout layers of a network, which is otherwise in evaluation mode, and is again when this is disposed.</summary>
sealed class DropoutLayers : IDisposable
{
    readonly IReadOnlyList<nn.Module> _layers;

    /// <exception cref="SatException">The network has none that drops anything (exit code 2).</exception>
    public DropoutLayers(nn.Module network)
    {
        _layers = [.. network.modules().Where(IsDropout)];
        if (_layers.Count == 0)
        {
            throw new SatException(
                ExitCode.Planning,
                "score is mc-dropout, but the run's network has no dropout layer, so that all passes would be the same: evaluate a model with dropout, or choose softmax-response."
            );
        }
    }

    public bool IsOn
    {
        set
        {
            foreach (var layer in _layers)
                layer.train(value);
        }
    }

    public void Dispose() => IsOn = false;

    static bool IsDropout(nn.Module module) =>
        module is Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout;
}
