using static TorchSharp.torch;

namespace Sat.Methods.Adversarial;

/// <summary>A network in evaluation mode; at the end, whatever happened in between, in the mode that it had.</summary>
readonly struct EvaluationMode : IDisposable
{
    readonly nn.Module _network;
    readonly bool _wasTraining;

    public EvaluationMode(nn.Module network)
    {
        (_network, _wasTraining) = (network, network.training);
        network.eval();
    }

    public void Dispose() => _network.train(_wasTraining);
}
