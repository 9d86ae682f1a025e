using System.Text;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>
/// The right to work on a run, good on a folder that machines share: a folder <c>lease-N</c> within the run's, N being the
/// fencing number, made whole by one rename. Its holder renews it; who has watched it for its time and not seen it renewed, or finds its
/// process gone from this machine, takes it away by another rename, and takes number N + 1. What a holder publishes lies in a
/// folder of its own within <c>lease-N</c> until it is whole, and is renamed from there to its place: once the lease is taken
/// away, that rename has no source, so a holder that comes back to life publishes nothing.
/// </summary>
public sealed class RunLease : IDisposable
{
    /// <summary>Sets another time than a minute, in seconds, after which a lease that is not renewed may be taken away.</summary>
    public const string Variable = "SAT_LEASE_SECONDS";

    /// <summary>How the names of leases begin, in a run's folder.</summary>
    public const string FolderPrefix = "lease-";

    /// <summary>The file in a lease that grows each time it is renewed.</summary>
    public const string BeatFile = "renewed";

    /// <summary>How often a lease is renewed within its time.</summary>
    private const int Beats = 30;

    private readonly CancellationTokenSource _lost = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly LeaseFolder _lease;
    private readonly string _work;
    private readonly Thread _heart;

    private RunLease(RunFolder folder, LeaseFolder lease, string work)
    {
        Folder = folder;
        _lease = lease;
        _work = Path.Combine(lease.Path, work);
        _heart = new Thread(Beat) { IsBackground = true, Name = "lease" };
        _heart.Start();
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>The fencing number, counted from 1: higher than that of every holder before.</summary>
    public long Number => _lease.Mark.Number;

    /// <summary>Cancelled when another worker has taken the run over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lease, or returns null while another worker holds it, or may hold it.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static RunLease? TryTake(RunFolder folder) => TryTake(folder, LeaseWatch.Shared);

    /// <summary>Takes the lease; where there is one already, it is watched until it is known whether its holder lives.</summary>
    /// <returns>Null: it does, or was not known to be dead when this was cancelled.</returns>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static RunLease? WaitToTake(RunFolder folder, CancellationToken stop)
    {
        while (true)
        {
            if (TryTake(folder) is { } lease)
                return lease;
            if (Look(folder) == LeaseState.Held || stop.WaitHandle.WaitOne(LeaseHolder.OwnTime / Beats))
                return null;
        }
    }

    /// <summary>Ends a lease whose holder is dead, so that another process need not watch it for its time once more.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static void EndIfDead(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (LeaseFolder.Held(folder) is not null)
            TryTake(folder)?.Dispose();
    }

    /// <summary>True unless it is known that no worker holds the lease. Reads only, so that a folder on a read-only medium can be
    /// asked.</summary>
    public static bool IsHeld(RunFolder folder) => Look(folder) != LeaseState.Free;

    /// <summary>
    /// Whether a worker holds the lease. It takes more than one look to tell whether a holder on another machine, or in another container,
    /// lives: this process remembers each. Reads only.
    /// </summary>
    public static LeaseState Look(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return LeaseFolder.Held(folder) is { } held ? LeaseWatch.Shared.Look(held) : LeaseState.Free;
        }
        catch (IOException)
        {
            return LeaseState.Free;
        }
        catch (UnauthorizedAccessException)
        {
            // Who may not look must not take it for free.
            return LeaseState.Held;
        }
    }

    /// <summary>Makes sure that the lease is still this one's.</summary>
    /// <exception cref="LeaseLostException">It is not.</exception>
    public void Require()
    {
        if (_lost.IsCancellationRequested || !IsOwn())
            throw Gone();
    }

    /// <summary>Publishes the run's record.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; the record is as it was.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public void WriteRecord(RunRecord record) => Write(Folder.RecordFile, stream => SealedJson.Write(stream, record));

    /// <summary>Publishes a text file.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; the file is as it was.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Publishes a file.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; the file is as it was.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, stream =>
        {
            write(stream);
            return path;
        });
    }

    /// <summary>Publishes a file whose place depends on what is in it; see
    /// <see cref="AtomicFile.Write(string, string, Func{Stream, string})"/>.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; nothing was published.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public string Write(string what, Func<Stream, string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Require();
        try
        {
            return AtomicFile.Write(_work, what, stream =>
            {
                var path = write(stream);
                Require();
                return path;
            });
        }
        catch (SatException) when (!Directory.Exists(_work))
        {
            throw Gone();
        }
    }

    /// <summary>Removes a file or a folder, unless the lease is gone: it is renamed into the lease first, and a lease that was taken away
    /// is no place to rename it to.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; the file is as it was.</exception>
    /// <exception cref="SatException">It cannot be removed (exit code 5).</exception>
    public void Remove(string path)
    {
        Require();
        try
        {
            var away = Path.Combine(_work, $"{Guid.NewGuid():n}");
            if (File.Exists(path))
            {
                File.Move(path, away);
                File.Delete(away);
            }
            else if (Directory.Exists(path))
            {
                Directory.Move(path, away);
                Directory.Delete(away, recursive: true);
            }
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw Directory.Exists(_work) ? WriteError.Explain(path, e, "remove") : Gone();
        }
    }

    /// <summary>Moves a file within the run's folder, by way of the lease as everything that changes the folder.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; the file is as it was.</exception>
    /// <exception cref="SatException">It cannot be moved (exit code 5).</exception>
    public void Move(string from, string to)
    {
        Require();
        try
        {
            var between = Path.Combine(_work, $"{Guid.NewGuid():n}");
            // What stands in a file's place may be a folder.
            Action<string, string> move = Directory.Exists(from) ? Directory.Move : File.Move;
            move(from, between);
            move(between, to);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw Directory.Exists(_work) ? WriteError.Explain(from, e, "move") : Gone();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Set();
        _heart.Join();
        var ended = LeaseFolder.For(Folder, _lease.Mark with { Ended = true }).Path;
        if (Directory.Exists(_work) && LeaseFolder.TryMove(_lease.Path, ended))
            LeaseFolder.Clear(ended, stay: true);
        _ended.Dispose();
        _lost.Dispose();
    }

    internal static RunLease? TryTake(RunFolder folder, LeaseWatch watch)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var work = $"{Guid.NewGuid():n}";
        try
        {
            Directory.CreateDirectory(folder.Path);
            return LeaseProtocol.TryTake(new LeaseSteps(folder, work, watch)) is { } number
                ? new RunLease(folder, LeaseFolder.For(folder, new LeaseMark(number, Ended: false)), work)
                : null;
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder.Path, e);
        }
    }

    /// <summary>Under its number can lie the folder of a process that slept before it took the number; that process will see so, and
    /// leave.</summary>
    private bool IsOwn()
    {
        try
        {
            return Directory.Exists(_work) && LeaseProtocol.IsHighest(LeaseFolder.All(Folder), Number);
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    private LeaseLostException Gone()
    {
        _lost.Cancel();
        return new LeaseLostException(Folder);
    }

    private void Beat()
    {
        while (!_ended.Wait(LeaseHolder.OwnTime / Beats))
        {
            try
            {
                if (!IsOwn())
                {
                    _lost.Cancel();
                    return;
                }
                _lease.Renew();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full or stalled file system may recover; one that took the lease away is seen at the next look.
            }
        }
    }
}
