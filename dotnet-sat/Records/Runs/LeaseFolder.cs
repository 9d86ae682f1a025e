using System.Globalization;
using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>
/// The folder that a lease is: <c>lease-N</c> while it is held, <c>lease-N.ended</c> afterwards, which keeps the number
/// from being given twice. In it are its holder and a file whose time says when it was renewed.
/// </summary>
internal sealed record LeaseFolder(string Path, long Number, bool Ended)
{
    public const string HolderName = "holder.json";
    public const string BeatName = "renewed";
    private const string Prefix = "lease-";
    private const string Suffix = ".ended";

    private string BeatFile => System.IO.Path.Combine(Path, BeatName);

    /// <summary>Those of a run, the latest last.</summary>
    public static List<LeaseFolder> All(RunFolder folder)
    {
        if (!Directory.Exists(folder.Path))
            return [];
        var all = new List<LeaseFolder>();
        foreach (var path in Directory.EnumerateDirectories(folder.Path, Prefix + "*"))
        {
            var name = System.IO.Path.GetFileName(path);
            var ended = name.EndsWith(Suffix, StringComparison.Ordinal);
            if (long.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - (ended ? Suffix.Length : 0)), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                all.Add(new LeaseFolder(path, number, ended));
        }
        all.Sort((a, b) => a.Number.CompareTo(b.Number));
        return all;
    }

    /// <summary>The folder of a number.</summary>
    public static LeaseFolder Of(RunFolder folder, long number) =>
        new(folder.File(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}")), number, Ended: false);

    /// <summary>The same lease, ended.</summary>
    public LeaseFolder WithEnded() => Ended ? this : new(Path + Suffix, Number, Ended: true);

    /// <summary>True unless its holder is gone, or it was not renewed for its time.</summary>
    /// <param name="now">By the clock of the file system where that is known.</param>
    /// <param name="time">How long it lasts without being renewed.</param>
    public bool IsAlive(DateTime now, TimeSpan time) =>
        // Of a file that is not there, .NET says that it was written long ago.
        now - File.GetLastWriteTimeUtc(BeatFile) < time && Holder()?.IsGone() != true;

    /// <summary>Renews it.</summary>
    /// <exception cref="DirectoryNotFoundException">It was taken away.</exception>
    public void Renew()
    {
        // Written to, not touched: its time is then that of the file system's clock, which all who share it have in common.
        using var file = new FileStream(BeatFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.WriteByte((byte)'.');
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes it from its holder, or gives it back.</summary>
    /// <returns>False if somebody else did.</returns>
    public bool TryEnd()
    {
        try
        {
            // Who looked before another came and went can have got the same number once more.
            if (Directory.Exists(WithEnded().Path))
                WithEnded().Remove();
            Directory.Move(Path, WithEnded().Path);
            return true;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException || e is IOException && !Directory.Exists(Path))
        {
            return false;
        }
    }

    /// <summary>Removes what is in it; the folder stays, for its number.</summary>
    public void Empty()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path))
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Litter, and no more.
        }
    }

    /// <summary>Removes it.</summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Litter, and no more.
        }
    }

    private LeaseHolder? Holder()
    {
        try
        {
            return SatJson.Read<LeaseHolder>(RegularFile.ReadAllText(System.IO.Path.Combine(Path, HolderName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>A lease in the making, beside the others; by one rename it becomes one.</summary>
internal sealed class LeaseCandidate(RunFolder folder, string path) : IDisposable
{
    public static LeaseCandidate Make(RunFolder folder, LeaseHolder holder)
    {
        var path = folder.File($".lease-{Guid.NewGuid():n}");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, LeaseFolder.HolderName), holder.Write());
        File.WriteAllText(Path.Combine(path, LeaseFolder.BeatName), ".");
        return new LeaseCandidate(folder, path);
    }

    /// <summary>When it was last written, by the clock of the file system.</summary>
    public DateTime Written()
    {
        var beat = Path.Combine(path, LeaseFolder.BeatName);
        File.AppendAllText(beat, ".");
        return File.GetLastWriteTimeUtc(beat);
    }

    /// <summary>Makes it the lease of a number; null if that number is given.</summary>
    public LeaseFolder? TryBecome(long number)
    {
        var lease = LeaseFolder.Of(folder, number);
        try
        {
            Directory.Move(path, lease.Path);
            return lease;
        }
        catch (IOException) when (Directory.Exists(lease.Path) || Directory.Exists(lease.WithEnded().Path))
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(path))
            new LeaseFolder(path, 0, Ended: true).Remove();
    }
}
