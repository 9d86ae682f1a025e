using Sat.Data.Progress;
using Sat.Feeds;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;

namespace Sat.Tool.Plugins;

/// <summary>Installs plugins from packages: all that can be checked is checked, and the licence shown, before any of their code
/// runs.</summary>
/// <param name="store">Where they go.</param>
/// <param name="catalog">The components at hand.</param>
/// <param name="feeds">Who has packages.</param>
/// <param name="listener">Hears how it goes.</param>
internal sealed class PluginInstaller(PluginStore store, ComponentCatalog catalog, PackageFeeds feeds, IDataListener listener)
{
    /// <summary>The newest version of a package.</summary>
    /// <exception cref="SatException">No feed has it (exit code 5).</exception>
    public async Task<string> Newest(string id, CancellationToken stop) => (await feeds.Package(id, null, stop)).Version;

    /// <summary>Installs a plugin in place of another version of it, or beside that.</summary>
    /// <param name="id">The package.</param>
    /// <param name="version">Its version; null: the newest.</param>
    /// <param name="contentHash">What its file must be, SHA-512 in base64; null: whatever the feed has.</param>
    /// <param name="beside">True to keep another version that is installed.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">It cannot be had, or is refused; what was installed before is still there.</exception>
    public async Task<(AddedPlugin Plugin, PluginReceipt Receipt)> Install(
        string id,
        string? version,
        string? contentHash,
        bool beside,
        CancellationToken stop
    )
    {
        var found = await feeds.Package(id, version, stop);
        var workplace = Directory.CreateTempSubdirectory("sat-plugin");
        try
        {
            var package = PluginPackage.Open(await feeds.Fetch(found, workplace.FullName, stop));
            if (contentHash is not null && package.ContentHash != contentHash)
            {
                throw new SatException(
                    ExitCode.Environment,
                    $"{package.Id} {package.Version} from {found.Feed.PackageSource.Source} is not the package of {PluginLock.FileName}: its SHA-512 is another. "
                        + "Name the feed that the lock file was made with, or delete the plugin's entry there if you trust this one."
                );
            }
            var folder = workplace.CreateSubdirectory("plugin").FullName;
            package.Unpack(folder);
            listener.Noted(
                $"{package.Id} {package.Version} by {VisibleText.Line(package.Authors)}, licence: {(package.License.Length > 0 ? VisibleText.Line(package.License) : "none stated")}, from {found.Feed.PackageSource.Source}"
            );
            return (store.Add(folder, catalog, beside), PluginReceipt.Read(folder)!);
        }
        finally
        {
            workplace.Delete(recursive: true);
        }
    }
}
