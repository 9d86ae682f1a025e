using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>What runs will take of a graphics card's memory, by what earlier ones of their kind took.</summary>
public sealed class Footprints
{
    // The peak is that of one look, and a card is shared with whoever else takes a little.
    private const long Margin = 512L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<Footprint, long> _known = [];
    private readonly HashSet<Footprint> _ranOut = [];

    /// <summary>Begins with a history.</summary>
    public Footprints(IEnumerable<Footprint> history)
    {
        foreach (var footprint in history)
            Note(footprint);
    }

    /// <summary>Bytes that a run will take, with a margin; null: not known; <see cref="long.MaxValue"/>: one of its kind ran out of memory
    /// beside others.</summary>
    public long? Estimate(RunSpec spec)
    {
        var kind = Footprint.KindOf(spec);
        lock (_lock)
            return _known.TryGetValue(kind, out var bytes) ? bytes + Margin
                : _ranOut.Contains(kind) ? long.MaxValue
                : null;
    }

    /// <summary>Learns from a run that ended.</summary>
    public void Note(RunRecord record)
    {
        if (Footprint.From(record) is { } footprint)
            Note(footprint);
        else if (record.Failure == RunFailureKind.OutOfDeviceMemory)
            NoteRanOut(record.Spec);
    }

    private void Note(Footprint footprint)
    {
        var kind = footprint with { Bytes = 0 };
        lock (_lock)
            _known[kind] = Math.Max(_known.GetValueOrDefault(kind), footprint.Bytes);
    }

    private void NoteRanOut(RunSpec spec)
    {
        lock (_lock)
            _ranOut.Add(Footprint.KindOf(spec));
    }
}
