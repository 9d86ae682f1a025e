using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;

namespace Sat.Hosting;

/// <summary>
/// Keeps plugins where they are for as long as it lives: workers that start later load them from there. It rests on the
/// system's locks of files, which end with the process.
/// </summary>
public sealed class PluginUse : IDisposable
{
    private readonly List<FileStream> _manifests = [];

    private PluginUse() { }

    /// <summary>Takes plugins into use.</summary>
    /// <param name="folders">Their folders.</param>
    /// <exception cref="SatException">One is gone, or is being replaced (exit code 5).</exception>
    internal static PluginUse From(IEnumerable<string> folders)
    {
        var use = new PluginUse();
        try
        {
            foreach (var folder in folders)
                use._manifests.Add(RegularFile.OpenRead(Manifest(folder)));
            return use;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            use.Dispose();
            throw new SatException(ExitCode.Environment, $"a plugin is being replaced or was removed: {e.Message} Try again.", inner: e);
        }
    }

    /// <summary>True if some process has a plugin in use.</summary>
    internal static bool Is(string folder)
    {
        var manifest = Manifest(folder);
        if (!File.Exists(manifest))
            return false;
        try
        {
            RegularFile.Require(manifest);
        }
        catch (IOException)
        {
            // What is no file is in nobody's use.
            return false;
        }
        try
        {
            using var alone = new FileStream(manifest, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _manifests.ForEach(m => m.Dispose());

    private static string Manifest(string folder) => Path.Combine(folder, PluginManifest.FileName);
}
