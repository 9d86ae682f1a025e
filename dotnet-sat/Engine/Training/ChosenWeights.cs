using Sat.Engine.Weights;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The weights of the epoch that a method has chosen so far.</summary>
/// <param name="network">The networks whose weights they are.</param>
public sealed class ChosenWeights(nn.Module network) : IDisposable
{
    private const string Prefix = "chosen.";
    private readonly Dictionary<string, Tensor> _weights = [];

    /// <summary>The epoch, counted from 1; null: none is chosen yet.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Chooses the weights as they are now.</summary>
    /// <param name="epoch">Counted from 1.</param>
    public void Keep(int epoch)
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
            Slot(name, tensor).copy_(tensor);
        Epoch = epoch;
    }

    /// <summary>Lets the networks have them, if any are chosen.</summary>
    public void PutBack()
    {
        if (Epoch is null)
            return;
        using var noGradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
            tensor.copy_(_weights[name]);
    }

    /// <summary>The weights, by name; none if none are chosen.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
        Epoch is null ? [] : _weights.Select(w => KeyValuePair.Create(Prefix + w.Key, w.Value));

    /// <summary>Goes on with what a checkpoint holds.</summary>
    /// <param name="file">Its tensors.</param>
    /// <param name="epoch">The epoch that it names.</param>
    /// <exception cref="InvalidDataException">They do not fit the networks.</exception>
    public void Restore(TensorFile file, int? epoch)
    {
        Epoch = epoch;
        if (epoch is null)
            return;
        using var noGradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
            file.ReadInto(Prefix + name, Slot(name, tensor));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _weights.Values)
            tensor.Dispose();
    }

    private Tensor Slot(string name, Tensor like)
    {
        if (!_weights.TryGetValue(name, out var slot))
            _weights[name] = slot = empty_like(like, requires_grad: false).DetachFromDisposeScope();
        return slot;
    }
}
