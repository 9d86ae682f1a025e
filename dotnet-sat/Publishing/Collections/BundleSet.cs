using Sat.Publishing.Bundles;
using Sat.Records;

namespace Sat.Publishing.Collections;

/// <summary>Several bundles that were checked, each under a name of its own.</summary>
public sealed class BundleSet : IDisposable
{
    private readonly List<(string Name, UnpackedBundle Bundle)> _bundles = [];

    private BundleSet() { }

    /// <summary>The bundles by name, in their order.</summary>
    public IReadOnlyList<(string Name, UnpackedBundle Bundle)> Bundles => _bundles;

    /// <summary>Opens bundles and checks each against itself.</summary>
    /// <param name="paths">The zip archives.</param>
    /// <param name="tool">Version of this tool.</param>
    /// <param name="mostBytes">The most bytes that a bundle's files may have together.</param>
    /// <exception cref="SatException">Two have one name (exit code 2), or one is not as published or cannot be read (exit code 5): all that
    /// is wrong, and nothing is opened.</exception>
    public static BundleSet Open(IReadOnlyList<string> paths, string tool, long mostBytes = UnpackedBundle.MostBytes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var same in paths.GroupBy(Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            throw new SatException(ExitCode.Planning, $"{string.Join(" and ", same)} have one name: rename one of them.");
        var set = new BundleSet();
        try
        {
            foreach (var path in paths)
            {
                var bundle = UnpackedBundle.Open(path, mostBytes);
                set._bundles.Add((Name(path), bundle));
                if (BundleVerifier.Verify(bundle, tool).Wrong is [var wrong, ..])
                    throw new SatException(
                        ExitCode.Environment,
                        $"{path} is not as published: {VisibleText.Message(wrong.File)}: {wrong.What}. 'dotnet sat verify' shows all of it."
                    );
            }
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, bundle) in _bundles)
            bundle.Dispose();
    }

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);
}
