namespace Sat.Sweeps.Execution;

/// <summary>Where a run is made.</summary>
public sealed class Place : IDisposable
{
    private readonly Action<Place> _leave;

    internal Place(string device, long bytes, Action<Place> leave) => (Device, Bytes, _leave) = (device, bytes, leave);

    /// <summary>The device.</summary>
    public string Device { get; }

    /// <summary>Memory of the device that the run was promised.</summary>
    public long Bytes { get; }

    /// <summary>True if another run was on the device, for some of the time at least.</summary>
    public bool SharedDevice { get; internal set; }

    /// <summary>True if another run was under way, on whatever device.</summary>
    public bool SharedMachine { get; internal set; }

    /// <summary>Gives the place back.</summary>
    public void Dispose() => _leave(this);
}
