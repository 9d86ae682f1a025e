namespace Sat.Engine.Training;

/// <summary>The orders of an epoch: of the main stream, and of those beside it.</summary>
/// <param name="main">Owned from now on.</param>
/// <param name="others">In the order of their streams. Owned too.</param>
public sealed class EpochOrders(SampleOrder main, IReadOnlyList<SampleOrder> others) : IDisposable
{
    internal SampleOrder Main => main;

    internal IReadOnlyList<SampleOrder> Others => others;

    /// <summary>Waits for what is being read.</summary>
    public void Dispose()
    {
        main.Dispose();
        foreach (var other in others)
            other.Dispose();
    }
}
