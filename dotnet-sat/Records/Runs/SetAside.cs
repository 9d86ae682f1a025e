using System.Globalization;

namespace Sat.Records.Runs;

/// <summary>Outcomes that a run had and that are not to be believed, or were made by other code: kept in <c>set-aside-N</c> within the
/// run's folder until somebody prunes them.</summary>
public static class SetAside
{
    private const string Prefix = "set-aside-";

    /// <summary>Moves the record of an earlier outcome and the files that it lies in away.</summary>
    /// <param name="lease">The right to write.</param>
    /// <returns>The folder's name; null: there was nothing.</returns>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static string? Move(RunLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lease.Require();
        var folder = lease.Folder;
        string[] files = [.. folder.Outputs.Append(folder.RecordFile).Append(folder.ChecksumFile).Where(Path.Exists)];
        if (files.Length == 0)
            return null;
        try
        {
            var number = 1;
            while (Directory.Exists(folder.File(Name(number))))
                number++;
            var place = Directory.CreateDirectory(folder.File(Name(number)));
            foreach (var file in files)
                lease.Move(file, Path.Combine(place.FullName, Path.GetFileName(file)));
            return place.Name;
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder.Path, e);
        }
    }

    /// <summary>Those of a run.</summary>
    public static IEnumerable<string> In(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Directory.EnumerateDirectories(folder.Path, Prefix + "*");
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
