namespace Sat.Benchmarks.Measuring;

/// <summary>Views of self-supervised learning, as the plugin makes them; <c>peers/views.py</c> has the same by name.</summary>
/// <param name="Augmentation">The augmentation.</param>
/// <param name="Operations">Name to what is made.</param>
/// <param name="Target">Case to how many times as fast as the peer it is to be.</param>
internal sealed record ViewsCases(
    string Augmentation,
    IReadOnlyDictionary<string, ViewsCase> Operations,
    IReadOnlyDictionary<string, double> Target
);
