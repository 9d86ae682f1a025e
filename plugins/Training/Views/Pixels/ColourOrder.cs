namespace Sat.Training.Views.Pixels;

/// <summary>The orders that colour jitter can have.</summary>
static class ColourOrder
{
    static readonly ColourOperation[][] Orders = [.. Permutations([], Enum.GetValues<ColourOperation>())];

    public static int Count => Orders.Length;

    /// <summary>The operation at a place of an order.</summary>
    /// <param name="order">In [0, <see cref="Count"/>).</param>
    /// <param name="place">In [0, 4).</param>
    public static ColourOperation At(int order, int place) => Orders[order][place];

    static IEnumerable<ColourOperation[]> Permutations(ColourOperation[] begun, IEnumerable<ColourOperation> left)
    {
        var rest = left.ToArray();
        return rest.Length == 0 ? [begun] : rest.SelectMany(next => Permutations([.. begun, next], rest.Where(o => o != next)));
    }
}
