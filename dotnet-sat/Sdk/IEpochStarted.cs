namespace Sat.Sdk;

/// <summary>A method that acts when an epoch begins.</summary>
public interface IEpochStarted
{
    /// <summary>Called before the first batch of each epoch.</summary>
    /// <param name="epoch">Counted from 0.</param>
    void EpochStarted(int epoch);
}
