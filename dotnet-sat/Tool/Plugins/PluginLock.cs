using Sat.Feeds;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Sweeps.Studies;

namespace Sat.Tool.Plugins;

/// <summary>The file beside studies that says which packages their plugins come from, so that everybody gets the same ones.</summary>
internal sealed record PluginLock
{
    /// <summary>The file's name, beside the studies.</summary>
    public const string FileName = "sat-plugins.lock.json";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Package id, in lower case, to the package; with <c>@VERSION</c> where a study needs several versions of it.</summary>
    public SortedDictionary<string, PluginReceipt> Plugins { get; init; } = new(StringComparer.Ordinal);

    /// <summary>That of a study's folder; empty where there is none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public static PluginLock Of(Study study) =>
        JsonFile.Read<PluginLock>(PathOf(study), "Restore it, or delete it: 'dotnet sat plugin restore' then makes another.")
        ?? new PluginLock();

    /// <summary>The package of a plugin; null: none is locked.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="isOneOfSeveral">True where the study names another version too.</param>
    /// <exception cref="SatException">Another version is locked than the study asks for (exit code 2).</exception>
    public PluginReceipt? For(NeededPlugin plugin, bool isOneOfSeveral)
    {
        var alone = Plugins.GetValueOrDefault(Key(plugin.Id));
        // By its value: 0.1 and 0.1.0 are one version.
        var own = plugin.Version is null ? alone : Entries(plugin.Id).Select(e => e.Value).FirstOrDefault(r => Is(r, plugin));
        var locked = own ?? (isOneOfSeveral ? null : alone);
        if (locked is not null && !Is(locked, plugin))
        {
            throw new SatException(
                ExitCode.Planning,
                $"the study asks for {plugin.Id} {plugin.Version}, but {FileName} has {locked.Id} {locked.Version} for it: change one of them, or delete the plugin's entry there.",
                plugin.At
            );
        }
        return locked;
    }

    /// <summary>The same with another package.</summary>
    /// <param name="receipt">The package.</param>
    /// <param name="isOneOfSeveral">True where the study names another version too.</param>
    public PluginLock With(PluginReceipt receipt, bool isOneOfSeveral)
    {
        var plugins = new SortedDictionary<string, PluginReceipt>(Plugins, StringComparer.Ordinal);
        // One version has one entry, whether or not others stand beside it.
        foreach (
            var key in Entries(receipt.Id)
                .Where(e => !isOneOfSeveral && e.Key == Key(receipt.Id) || VersionOrder.AreEqual(e.Value.Version, receipt.Version))
                .Select(e => e.Key)
        )
            plugins.Remove(key);
        plugins[Key(receipt.Id, isOneOfSeveral ? receipt.Version : null)] = receipt;
        return this with { Plugins = plugins };
    }

    /// <summary>Writes it beside a study.</summary>
    public void Write(Study study) => AtomicFile.WriteText(PathOf(study), SatJson.WriteIndented(this));

    private IEnumerable<KeyValuePair<string, PluginReceipt>> Entries(string id) =>
        Plugins.Where(e => e.Key == Key(id) || e.Key.StartsWith(Key(id) + "@", StringComparison.Ordinal));

    private static bool Is(PluginReceipt receipt, NeededPlugin plugin) =>
        receipt.Id.Equals(plugin.Id, StringComparison.OrdinalIgnoreCase)
        && (plugin.Version is null || VersionOrder.AreEqual(receipt.Version, plugin.Version));

    private static string Key(string id, string? version = null) => id.ToLowerInvariant() + (version is null ? "" : $"@{version}");

    private static string PathOf(Study study) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(study.File))!, FileName);
}
