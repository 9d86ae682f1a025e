using System.Globalization;
using System.Text;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Another worker has taken the run over; nothing more may be written.</summary>
public sealed class LeaseLostException(RunFolder folder)
    : Exception($"another worker has taken the run in {folder.Path} over: this one leaves, and writes no more");

/// <summary>
/// The right to work on a run, good on a folder that machines share: a folder <c>lease-N</c> within the run's, N being the
/// fencing number, made whole by one rename. Its holder renews it; who finds it not renewed for its time, or its
/// process gone from this machine, takes it away by another rename, and takes number N + 1. What a holder publishes lies in
/// <c>lease-N</c> until it is whole, and is renamed from there to its place: once the lease is taken away, that rename
/// has no source, so a holder that comes back to life publishes nothing.
/// </summary>
public sealed class RunLease : IDisposable
{
    /// <summary>Sets another time than a minute, in seconds, after which a lease that is not renewed may be taken away.</summary>
    public const string Variable = "SAT_LEASE_SECONDS";

    private readonly CancellationTokenSource _lost = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _heart;

    private RunLease(RunFolder folder, LeaseFolder lease)
    {
        Folder = folder;
        Work = lease;
        _heart = new Thread(Beat) { IsBackground = true, Name = "lease" };
        _heart.Start();
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>The fencing number, counted from 1: higher than that of every holder before.</summary>
    public long Number => Work.Number;

    /// <summary>Cancelled when another worker has taken the run over.</summary>
    public CancellationToken Lost => _lost.Token;

    private LeaseFolder Work { get; }

    private static TimeSpan Time => TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : 60);

    /// <summary>Takes the lease, or returns null while another worker holds it.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static RunLease? TryTake(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            Directory.CreateDirectory(folder.Path);
            using var candidate = LeaseCandidate.Make(folder, LeaseHolder.Current);
            while (true)
            {
                var all = LeaseFolder.All(folder);
                if (all.LastOrDefault(l => !l.Ended) is { } held)
                {
                    // The candidate was written just now, by the same clock: that of the file system.
                    if (held.IsAlive(candidate.Written(), Time))
                        return null;
                    if (!held.TryEnd())
                        continue;
                }
                var number = all.Count == 0 ? 1 : all.Max(l => l.Number) + 1;
                if (candidate.TryBecome(number) is not { } mine)
                    return null;
                foreach (var old in all.Where(l => l.Number < number))
                    old.WithEnded().Remove();
                return new RunLease(folder, mine);
            }
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Of(folder.Path, e);
        }
    }

    /// <summary>True while some worker holds the lease. Reads only, so that a folder on a read-only medium can be asked.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return LeaseFolder.All(folder).LastOrDefault(l => !l.Ended) is { } held && held.IsAlive(DateTime.UtcNow, Time);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Who may not look must not take it for free.
            return true;
        }
    }

    /// <summary>Makes sure that the lease is still this one's.</summary>
    /// <exception cref="LeaseLostException">It is not.</exception>
    public void Require()
    {
        if (_lost.IsCancellationRequested || !Directory.Exists(Work.Path))
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

    /// <summary>Publishes a file whose place depends on what is in it; see <see cref="AtomicFile.Write(string, string, Func{Stream, string})"/>.</summary>
    /// <exception cref="LeaseLostException">The lease is gone; nothing was published.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public string Write(string what, Func<Stream, string> write)
    {
        Require();
        try
        {
            return AtomicFile.Write(Work.Path, what, write);
        }
        catch (SatException) when (!Directory.Exists(Work.Path))
        {
            throw Gone();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Set();
        _heart.Join();
        Work.TryEnd();
        Work.WithEnded().Empty();
        _ended.Dispose();
        _lost.Dispose();
    }

    private LeaseLostException Gone()
    {
        _lost.Cancel();
        return new LeaseLostException(Folder);
    }

    private void Beat()
    {
        while (!_ended.Wait(Time / 5))
        {
            try
            {
                Work.Renew();
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
            {
                _lost.Cancel();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full or stalled file system may recover; until then the lease runs out by itself.
            }
        }
    }
}
