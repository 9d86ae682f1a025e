using System.Globalization;

namespace Sat.Records.Runs;

/// <summary>
/// The folder that a lease is: <c>lease-N</c> while it is held, <c>lease-N.ended</c> afterwards, which keeps the number
/// from being given twice. In it are its holder, a file that grows each time it is renewed, and a folder with a name of its
/// holder's alone, where that one writes what it publishes.
/// </summary>
internal sealed record LeaseFolder(string Path, LeaseMark Mark)
{
    public const string HolderName = "holder.json";
    private const string Suffix = ".ended";

    private string BeatFile => System.IO.Path.Combine(Path, RunLease.BeatFile);

    /// <summary>Those of a run.</summary>
    public static IReadOnlyList<LeaseMark> All(RunFolder folder)
    {
        if (!Directory.Exists(folder.Path))
            return [];
        var all = new List<LeaseMark>();
        foreach (var path in Directory.EnumerateDirectories(folder.Path, RunLease.FolderPrefix + "*"))
        {
            var name = System.IO.Path.GetFileName(path);
            var ended = name.EndsWith(Suffix, StringComparison.Ordinal);
            if (
                long.TryParse(
                    name.AsSpan(RunLease.FolderPrefix.Length, name.Length - RunLease.FolderPrefix.Length - (ended ? Suffix.Length : 0)),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
                all.Add(new LeaseMark(number, ended));
        }
        return all;
    }

    /// <summary>The held lease that counts; null: none is held.</summary>
    public static LeaseFolder? Held(RunFolder folder)
    {
        var all = All(folder);
        var highest = new LeaseMark(all.Select(l => l.Number).DefaultIfEmpty().Max(), Ended: false);
        return LeaseProtocol.IsHighest(all, highest.Number) ? For(folder, highest) : null;
    }

    /// <summary>The folder of a lease.</summary>
    public static LeaseFolder For(RunFolder folder, LeaseMark mark) =>
        new(
            folder.File(string.Create(CultureInfo.InvariantCulture, $"{RunLease.FolderPrefix}{mark.Number}{(mark.Ended ? Suffix : "")}")),
            mark
        );

    /// <summary>Makes a lease beside the others, whole, under a name that is none of a lease.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="holder">Whose it is.</param>
    /// <param name="work">Name of the folder that its holder writes in.</param>
    public static string Prepare(RunFolder folder, LeaseHolder holder, string work)
    {
        var path = Beside(folder);
        Directory.CreateDirectory(System.IO.Path.Combine(path, work));
        File.WriteAllText(System.IO.Path.Combine(path, HolderName), holder.Write());
        File.WriteAllText(System.IO.Path.Combine(path, RunLease.BeatFile), ".");
        return path;
    }

    /// <summary>A name in a run's folder that is none of a lease.</summary>
    public static string Beside(RunFolder folder) => folder.File($".lease-{Guid.NewGuid():n}");

    /// <summary>Gives it another name.</summary>
    /// <returns>False if it is not there, or another has that name.</returns>
    public static bool TryMove(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (Exception e)
            when (e is DirectoryNotFoundException or FileNotFoundException
                || e is IOException && (!Directory.Exists(from) || Directory.Exists(to))
            )
        {
            return false;
        }
    }

    /// <summary>Renews it.</summary>
    /// <exception cref="DirectoryNotFoundException">It was taken away.</exception>
    public void Renew()
    {
        // It grows: whoever watches sees that without a clock in common.
        using var file = new FileStream(BeatFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(0, SeekOrigin.End);
        file.WriteByte((byte)'.');
    }

    /// <summary>How often it was renewed; -1 where that cannot be read.</summary>
    public long Beats()
    {
        try
        {
            // Opened, not asked for: network file systems ask their server then.
            using var file = new FileStream(BeatFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    /// <summary>Who holds it; null where that cannot be read.</summary>
    public LeaseHolder? Holder() => LeaseHolder.Read(System.IO.Path.Combine(Path, HolderName));

    /// <summary>Removes what is in a folder, and the folder unless it is to stay.</summary>
    public static void Clear(string path, bool stay)
    {
        try
        {
            if (!stay)
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            foreach (var file in Directory.EnumerateFiles(path))
                File.Delete(file);
            foreach (var inner in Directory.EnumerateDirectories(path))
                Directory.Delete(inner, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Litter, and no more.
        }
    }
}
