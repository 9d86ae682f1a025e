namespace Sat.Sdk;

/// <summary>Reads numbers for a checkpoint, or puts back those of one; the caller need not know which.</summary>
public interface IStateNumbers
{
    /// <summary>A number, to the last bit; it may be infinite or not a number.</summary>
    /// <param name="name">Unique among the names of its owner.</param>
    /// <param name="value">Read, or set.</param>
    void Keep(string name, ref double value);

    /// <summary>A whole number.</summary>
    /// <param name="name">Unique among the names of its owner.</param>
    /// <param name="value">Read, or set.</param>
    void Keep(string name, ref long value);
}
