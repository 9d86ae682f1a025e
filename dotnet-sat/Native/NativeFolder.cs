namespace Sat.Native;

/// <summary>Lays out the folder of native libraries. Several builds may do so at the same time, while programs run from it.</summary>
public sealed class NativeFolder(string rid, string path)
{
    /// <summary>Returns the names of the files that the folder now holds.</summary>
    /// <exception cref="ElfRefusedException">TorchSharp's library is not one that can be made portable.</exception>
    /// <exception cref="FileNotFoundException">The packages lack a library that is needed.</exception>
    public IReadOnlyList<string> Collect(IEnumerable<string> packageFolders)
    {
        var sources = packageFolders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(file => NativeLibraries.IsNeeded(rid, Path.GetFileName(file)))
            .ToDictionary(file => Path.GetFileName(file), StringComparer.Ordinal);
        if (NativeLibraries.Missing(rid, sources.Keys).ToList() is { Count: > 0 } missing)
        {
            throw new FileNotFoundException(
                $"Expected {string.Join(", ", missing)} in the packages for {rid}, found {sources.Count} other libraries.");
        }

        Directory.CreateDirectory(path);
        var staging = Directory.CreateDirectory(Path.Combine(path, "..", $".{Path.GetFileName(path)}-{Guid.NewGuid():n}"));
        try
        {
            foreach (var (name, source) in sources)
                Place(source, Path.Combine(staging.FullName, name), Path.Combine(path, name));
        }
        finally
        {
            staging.Delete(recursive: true);
        }

        RemoveOthers(sources.Keys);
        return [.. sources.Keys.Order(StringComparer.Ordinal)];
    }

    // Whoever opens the target finds the old file or the new one, whole: it is made beside the folder and renamed.
    static void Place(string source, string beside, string target)
    {
        if (Path.GetFileName(source) == NativeLibraries.LinuxTorchSharp)
            File.WriteAllBytes(beside, PortableElf.MakePortable(File.ReadAllBytes(source)));
        else if (new FileInfo(target).LinkTarget == source)
            return;
        else
            LinkOrCopy(source, beside);
        File.Move(beside, target, overwrite: true);
    }

    // libtorch is half a gigabyte, so a link to the package's file is enough where the system lets us make one.
    static void LinkOrCopy(string source, string beside)
    {
        try
        {
            File.CreateSymbolicLink(beside, source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Copy(source, beside);
        }
    }

    // An older package's libraries would be loaded, and packed, beside the new ones.
    void RemoveOthers(IEnumerable<string> wanted)
    {
        foreach (var file in Directory.EnumerateFiles(path).Where(file => NativeLibraries.IsNative(Path.GetFileName(file))))
        {
            if (!wanted.Contains(Path.GetFileName(file), StringComparer.Ordinal))
                File.Delete(file);
        }
    }
}
