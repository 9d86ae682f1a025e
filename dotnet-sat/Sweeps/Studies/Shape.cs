namespace Sat.Sweeps.Studies;

/// <summary>What stands at a path of a run.</summary>
public abstract record Shape;
