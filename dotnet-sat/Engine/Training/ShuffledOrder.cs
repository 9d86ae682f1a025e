using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>All samples in random order. It depends on the generator alone, so that a checkpoint need only hold the generator's state
/// before the present epoch's order was drawn.</summary>
/// <param name="name">The name of the generator's stream.</param>
/// <param name="random">Draws the order.</param>
/// <param name="samples">How many samples there are.</param>
internal sealed class ShuffledOrder(string name, Generator random, long samples) : IEpochOrder
{
    private Tensor? _before;

    public Tensor Next(int epoch)
    {
        _before?.Dispose();
        _before = random.get_state().DetachFromDisposeScope();
        return randperm(samples, ScalarType.Int64, generator: random);
    }

    public IEnumerable<KeyValuePair<string, Tensor>> States(bool epochIsBegun) => [new(name, epochIsBegun ? _before! : random.get_state())];

    public void Resume(IReadOnlyDictionary<string, Tensor> states) => random.set_state(states[name]);
}
