using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

/// <summary>Moves labels from class to class.</summary>
static class ClassMapNoise
{
    /// <summary>Of the m samples whose class moves anywhere, floor(r m) are drawn and moved.</summary>
    /// <param name="context">The labels.</param>
    /// <param name="map">The target of each class; itself where it does not move.</param>
    /// <param name="rate">r.</param>
    public static NoiseResult Apply(NoiseContext context, IReadOnlyList<long> map, double rate)
    {
        using var scope = NewDisposeScope();
        var moved = tensor(map.ToArray(), ScalarType.Int64)[context.Labels];
        var movable = moved.ne(context.Labels).nonzero().view(-1);
        var chosen = movable[Share.Draw(rate, movable.shape[0], context.Generator)];
        return new NoiseResult { Labels = context.Labels.index_copy(0, chosen, moved[chosen]).MoveToOuterDisposeScope() };
    }
}
