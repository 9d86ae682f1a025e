using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>An order that depends on what a method knew when the epoch began, so that a checkpoint within the epoch must hold it.</summary>
/// <param name="name">The name of the generator's stream.</param>
/// <param name="random">What the order is drawn from.</param>
/// <param name="draw">Makes the order of an epoch, counted from 0: int64 [n] on the CPU, within the caller's dispose scope.</param>
internal sealed class KeptOrder(string name, Generator random, Func<int, Generator, Tensor> draw) : IEpochOrder
{
    private Tensor? _present;
    private bool _isResumed;

    private string PositionsName => name + ".positions";

    public Tensor Next(int epoch)
    {
        if (!_isResumed)
        {
            using var noGradients = no_grad();
            _present?.Dispose();
            _present = draw(epoch, random).DetachFromDisposeScope();
        }
        _isResumed = false;
        return _present!.clone();
    }

    public IEnumerable<KeyValuePair<string, Tensor>> States(bool epochIsBegun)
    {
        yield return new(name, random.get_state());
        if (epochIsBegun)
            yield return new(PositionsName, _present!);
    }

    public void Resume(IReadOnlyDictionary<string, Tensor> states)
    {
        random.set_state(
            states.GetValueOrDefault(name) ?? throw new InvalidDataException($"there is no state of the random stream {name} in the file")
        );
        if (!states.TryGetValue(PositionsName, out var positions))
            return;
        _present?.Dispose();
        _present = positions.clone().DetachFromDisposeScope();
        _isResumed = true;
    }
}
