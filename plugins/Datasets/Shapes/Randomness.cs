namespace Sat.Datasets.Shapes;

/// <summary>SplitMix64 (G. Steele and others, 2014): the same numbers on every machine and in every version of .NET.</summary>
sealed class Randomness(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for each image, so that no image depends on how many there are.</summary>
    public static Randomness For(long drawSeed, int split, int index)
    {
        var mixed = new Randomness((ulong)drawSeed);
        mixed._state = mixed.Next() ^ (ulong)split;
        mixed._state = mixed.Next() ^ (ulong)index;
        return new Randomness(mixed.Next());
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Integer(int below) => (int)(((Next() >> 32) * (ulong)below) >> 32);

    /// <summary>A number in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Number(double from, double to) => from + (Next() >> 11) * (1.0 / (1UL << 53)) * (to - from);

    /// <summary>Near to a normal deviate: the sum of eight bytes, with mean 0 and deviation 1.</summary>
    public double Deviate()
    {
        var bits = Next();
        var sum = 0;
        for (var i = 0; i < 64; i += 8)
            sum += (int)(bits >> i & 255);
        // A byte has mean 127.5 and variance (256^2 - 1) / 12, so eight have mean 1020 and deviation 209.0.
        return (sum - 1020) / 209.0;
    }
}
