using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Gives each run a device: of several the one with the most memory left. A run that is known to take less than is left there, or of which
/// nothing is known and whose equal share is left, is put beside others; else it waits until one of them ends. Runs get their places in
/// the order in which they ask, so that small ones do not pass a large one by for ever.
/// </summary>
public sealed class Placement
{
    private readonly Lock _lock = new();
    private readonly Slot[] _slots;
    private readonly int _jobs;
    private readonly Func<IReadOnlyDictionary<string, long>> _free;
    private readonly Func<RunSpec, long?> _need;
    private TaskCompletionSource _changed = Signal();
    private Task _lastInLine = Task.CompletedTask;

    /// <summary>Places runs on devices by their memory.</summary>
    /// <param name="devices">Their names, as <c>--device</c> takes them, at least one.</param>
    /// <param name="jobs">Runs at a time, on all of them together.</param>
    /// <param name="free">Device to bytes that are free at this moment; what is not told is not short.</param>
    /// <param name="need">Bytes that a run will take: null where that is not known, <see cref="long.MaxValue"/> where it needs a device to
    /// itself.</param>
    public Placement(IReadOnlyList<string> devices, int jobs, Func<IReadOnlyDictionary<string, long>> free, Func<RunSpec, long?> need)
    {
        _slots = [.. devices.Select(d => new Slot(d))];
        (_jobs, _free, _need) = (jobs, free, need);
    }

    /// <summary>All runs on one device, whose memory is not looked at.</summary>
    public static Placement On(string device) => new([device], 1, () => new Dictionary<string, long>(), _ => 0);

    /// <summary>The devices, those among them that were lost too.</summary>
    public IReadOnlyList<string> Devices => [.. _slots.Select(s => s.Device)];

    /// <summary>Notes that a device answers no more: no other run is put there.</summary>
    /// <returns>False where none is left.</returns>
    public bool Lose(string device)
    {
        lock (_lock)
        {
            Array.Find(_slots, s => s.Device == device)!.IsLost = true;
            return !Array.TrueForAll(_slots, s => s.IsLost);
        }
    }

    /// <summary>Waits for a place.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="alone">True for a device without any other run.</param>
    /// <returns>The place, to be given back by disposing of it; null: every device was lost.</returns>
    public async Task<Place?> TakeAsync(RunSpec spec, bool alone = false)
    {
        var served = Signal();
        Task before;
        lock (_lock)
            (before, _lastInLine) = (_lastInLine, served.Task);
        await before;
        try
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    var slots = _slots.Where(s => !s.IsLost).ToArray();
                    if (slots.Length == 0)
                        return null;
                    if (Choose(slots, spec, alone) is var (slot, bytes))
                        return Put(slot, bytes);
                    changed = _changed.Task;
                }
                await changed;
            }
        }
        finally
        {
            served.SetResult();
        }
    }

    /// <summary>Of the devices with enough memory left the one with the most. One that is empty and the largest always has enough, so
    /// nobody waits for ever.</summary>
    private (Slot Slot, long Bytes)? Choose(Slot[] slots, RunSpec spec, bool alone)
    {
        var free = _free();
        long FreeNow(Slot slot) => free.TryGetValue(slot.Device, out var now) ? now : long.MaxValue;
        foreach (var empty in slots.Where(s => s.Places.Count == 0))
            empty.Before = FreeNow(empty);
        var need = _need(spec);
        var most = slots.Max(s => s.Before);
        var share = (_jobs + slots.Length - 1) / slots.Length;
        long Bytes(Slot slot) =>
            need is not { } known ? slot.Before / share
            : known == long.MaxValue ? slot.Before
            : Math.Min(known, most);
        // A run that began may not have taken yet what it was promised; so no more than what was free before all of them, less that.
        long Left(Slot slot) => Math.Min(FreeNow(slot), slot.Before - slot.Places.Sum(p => p.Bytes));
        var best = slots.Where(s => !alone || s.Places.Count == 0).Where(s => Left(s) >= Bytes(s)).MaxBy(Left);
        return best is null ? null : (best, Bytes(best));
    }

    private Place Put(Slot slot, long bytes)
    {
        var place = new Place(slot.Device, bytes, left => Leave(slot, left));
        foreach (var other in _slots.SelectMany(s => s.Places))
        {
            (place.SharedMachine, other.SharedMachine) = (true, true);
            if (other.Device == place.Device)
                (place.SharedDevice, other.SharedDevice) = (true, true);
        }
        slot.Places.Add(place);
        return place;
    }

    private void Leave(Slot slot, Place place)
    {
        lock (_lock)
        {
            slot.Places.Remove(place);
            _changed.SetResult();
            _changed = Signal();
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Slot(string device)
    {
        public string Device => device;

        public List<Place> Places { get; } = [];

        public long Before { get; set; } = long.MaxValue;

        public bool IsLost { get; set; }
    }
}
