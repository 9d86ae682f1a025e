using static TorchSharp.torch;

namespace Sat.Engine.Randomness;

/// <summary>The generators that a method asked for, so that checkpoints can hold their states.</summary>
/// <param name="seeds">The run's random streams.</param>
public sealed class MethodGenerators(Seeds seeds)
{
    private readonly Dictionary<string, Generator> _made = [];
    private readonly Dictionary<string, Tensor> _resumed = [];

    /// <summary>Makes a generator. Asked twice for a name, it makes two of the same seed, as always.</summary>
    public Generator Create(string name)
    {
        var generator = seeds.Generator("method/" + name);
        var key = name;
        for (var again = 2; !_made.TryAdd(key, generator); again++)
            key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}#{again}");
        if (_resumed.Remove(key, out var state))
            generator.set_state(state);
        return generator;
    }

    /// <summary>The states, uint8; the caller disposes them.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> States() => _made.Select(m => KeyValuePair.Create(m.Key, m.Value.get_state()));

    /// <summary>Sets the state of a generator; one that is not made yet gets it when it is.</summary>
    /// <param name="name">Its key in <see cref="States"/>.</param>
    /// <param name="state">Its state; owned by this object from now on.</param>
    public void Resume(string name, Tensor state)
    {
        if (_made.TryGetValue(name, out var generator))
        {
            generator.set_state(state);
            state.Dispose();
        }
        else
        {
            _resumed[name] = state.DetachFromDisposeScope();
        }
    }
}
