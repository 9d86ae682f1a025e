using Sat.Backends;

namespace Sat.Native;

/// <summary>Lays out the folder of native libraries. Several builds may do so at the same time, while programs run from it.</summary>
public sealed class NativeFolder(string rid, string path)
{
    // What each library was put together from, beside the folder: within it everything is loaded, or published.
    readonly JoinedFiles _joined = new(path + ".parts");

    /// <summary>Lays out libtorch for the CPU, and returns the names of the files that the folder now holds.</summary>
    /// <exception cref="ElfRefusedException">TorchSharp's library is not one that can be made portable.</exception>
    /// <exception cref="FileNotFoundException">The packages lack a library that is needed.</exception>
    public IReadOnlyList<string> Collect(IEnumerable<string> packageFolders)
    {
        var libraries = Needed(packageFolders);
        return LayOut(libraries, [.. NativeLibraries.Missing(rid, [.. libraries.Select(library => library.Name)])], CancellationToken.None);
    }

    /// <summary>Lays out libtorch for CUDA, whose packages hold libraries that are cut up.</summary>
    /// <param name="torchSharp">The folder of TorchSharp's own library.</param>
    /// <param name="packages">The folders of the packages.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="ElfRefusedException">TorchSharp's library is not one that can be made portable.</exception>
    /// <exception cref="FileNotFoundException">The packages lack a library that is needed.</exception>
    /// <exception cref="InvalidDataException">A part is missing, or a library is not the one that its package says.</exception>
    public IReadOnlyList<string> CollectCuda(string torchSharp, IEnumerable<string> packages, CancellationToken stop)
    {
        SplitLibrary[] libraries =
        [
            .. Needed([torchSharp]).Concat(SplitLibrary.In(packages, rid)).DistinctBy(library => library.Name, StringComparer.Ordinal),
        ];
        return LayOut(libraries, CudaLibraries.Missing(rid, libraries.Select(library => library.Name)), stop);
    }

    List<SplitLibrary> Needed(IEnumerable<string> folders) =>
        [
            .. folders
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder))
                .Where(file => NativeLibraries.IsNeeded(rid, Path.GetFileName(file)))
                .Select(file => new SplitLibrary { Name = Path.GetFileName(file), Parts = [file] }),
        ];

    List<string> LayOut(IReadOnlyCollection<SplitLibrary> libraries, IReadOnlyCollection<string> missing, CancellationToken stop)
    {
        if (missing.Count > 0)
        {
            throw new FileNotFoundException(
                $"Expected {string.Join(", ", missing)} in the packages for {rid}, found {libraries.Count} other libraries."
            );
        }

        Directory.CreateDirectory(path);
        var staging = Directory.CreateDirectory(Path.Combine(path, "..", $".{Path.GetFileName(path)}-{Guid.NewGuid():n}"));
        try
        {
            foreach (var library in libraries)
                Place(library, Path.Combine(staging.FullName, library.Name), Path.Combine(path, library.Name), stop);
        }
        finally
        {
            staging.Delete(recursive: true);
        }

        List<string> names = [.. libraries.Select(library => library.Name).Order(StringComparer.Ordinal)];
        RemoveOthers(names);
        return names;
    }

    // Whoever opens the target finds the old file or the new one, whole: it is made beside the folder and renamed.
    void Place(SplitLibrary library, string beside, string target, CancellationToken stop)
    {
        var first = library.Parts[0];
        if (library.Name == NativeLibraries.LinuxTorchSharp)
            File.WriteAllBytes(beside, PortableElf.MakePortable(File.ReadAllBytes(first)));
        else if (library is not { Parts.Count: 1, Sha256: null })
        {
            _joined.Place(library, beside, target, stop);
            return;
        }
        else if (new FileInfo(target).LinkTarget == first)
            return;
        else
            LinkOrCopy(first, beside);
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
    void RemoveOthers(IReadOnlyCollection<string> wanted)
    {
        foreach (var file in Directory.EnumerateFiles(path).Where(file => NativeLibraries.IsNative(Path.GetFileName(file))))
        {
            if (!wanted.Contains(Path.GetFileName(file), StringComparer.Ordinal))
                File.Delete(file);
        }
    }
}
