namespace Sat.Records.Runs;

/// <summary>The steps of <see cref="LeaseProtocol"/>, as renames of folders within a run's.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="work">Name of the folder in which this process would write.</param>
/// <param name="watch">Knows which holders live.</param>
internal sealed class LeaseSteps(RunFolder folder, string work, LeaseWatch watch) : ILeaseSteps
{
    public IReadOnlyList<LeaseMark> List() => LeaseFolder.All(folder);

    public bool IsAlive(long number) => watch.Look(LeaseFolder.For(folder, new LeaseMark(number, Ended: false))) != LeaseState.Free;

    public bool End(long number) =>
        LeaseFolder.TryMove(Path(new LeaseMark(number, Ended: false)), Path(new LeaseMark(number, Ended: true)));

    public bool Become(long number)
    {
        var candidate = LeaseFolder.Prepare(folder, LeaseHolder.Current, work);
        try
        {
            return LeaseFolder.TryMove(candidate, Path(new LeaseMark(number, Ended: false)));
        }
        finally
        {
            if (Directory.Exists(candidate))
                LeaseFolder.Clear(candidate, stay: false);
        }
    }

    public void Discard(LeaseMark lease)
    {
        // By one rename: a lease is there whole, or not at all.
        var away = LeaseFolder.Beside(folder);
        if (LeaseFolder.TryMove(Path(lease), away))
            LeaseFolder.Clear(away, stay: false);
    }

    private string Path(LeaseMark lease) => LeaseFolder.For(folder, lease).Path;
}
