using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sat.Feeds;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Sweeps.Studies;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Plugins;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>plugin install|update|restore|search</c>: plugins as NuGet packages.</summary>
internal static class PluginPackageCommands
{
    private const string Trust = "A plugin is code with your rights: install only what you trust.";

    public static Command Install(Signals signals)
    {
        var id = new Argument<string>("PACKAGE") { HelpName = "PACKAGE", Description = "The package's id" };
        var version = new Option<string?>("--version") { Description = "Its version [default: the newest]", HelpName = "VERSION" };
        var beside = PluginCommand.Beside();
        var sources = Sources();
        var command = new ToolCommand(
            "install",
            "Install a plugin from a NuGet package. Its licence is shown, and its hash, files and contract are checked, before its code runs.",
            "plugin install my-method",
            "plugin install my-method --version 0.1.0 --source ./packages"
        )
        {
            id,
            version,
            beside,
            sources,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                await With(signals, parsed.GetValue(sources)!, async installer =>
                {
                    var (plugin, _) = await installer.Install(
                        parsed.GetValue(id)!,
                        parsed.GetValue(version),
                        null,
                        parsed.GetValue(beside),
                        signals.Stop
                    );
                    return [plugin];
                });
                await Console.Error.WriteLineAsync(Trust);
                return ExitCode.Fine;
            }
        );
        return command;
    }

    public static Command Update(Signals signals)
    {
        var ids = new Argument<string[]>("PACKAGE")
        {
            HelpName = "PACKAGE",
            Description = "Packages to update [default: all that were installed from packages]",
            Arity = ArgumentArity.ZeroOrMore,
            CompletionSources = { Candidates.AddedPackages },
        };
        var sources = Sources();
        var command = new ToolCommand(
            "update",
            "Update installed plugins to their newest versions.",
            "plugin update",
            "plugin update my-method"
        )
        {
            ids,
            sources,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                // What is kept beside a version is kept for its sake.
                var installed = Installed()
                    .GroupBy(i => i.Id, StringComparer.OrdinalIgnoreCase)
                    .Select(g => g.MaxBy(i => i.Version, VersionOrder.Ascending)!)
                    .ToArray();
                var named = parsed.GetValue(ids)!;
                foreach (var id in named)
                {
                    if (!installed.Any(i => i.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
                        throw new SatException(
                            ExitCode.Planning,
                            $"no plugin '{id}' was installed from a package.{NearestName.Hint(id, installed.Select(i => i.Id))} 'dotnet sat plugin install {id}' installs it."
                        );
                }
                var wanted = installed.Where(i => named.Length == 0 || named.Contains(i.Id, StringComparer.OrdinalIgnoreCase)).ToArray();
                if (wanted.Length == 0)
                {
                    await Console.Error.WriteLineAsync("no plugin was installed from a package");
                    return ExitCode.Fine;
                }
                await With(signals, parsed.GetValue(sources)!, async installer =>
                {
                    var changed = new List<AddedPlugin>();
                    foreach (var one in wanted)
                    {
                        var newest = await installer.Newest(one.Id, signals.Stop);
                        if (newest != one.Version)
                            changed.Add((await installer.Install(one.Id, newest, null, beside: false, signals.Stop)).Plugin);
                    }
                    return changed;
                });
                return ExitCode.Fine;
            }
        );
        return command;
    }

    public static Command Restore(Signals signals)
    {
        var file = new Argument<string>("STUDY") { HelpName = "STUDY", Description = "The study file" };
        var sources = Sources();
        var command = new ToolCommand(
            "restore",
            $"Install the plugins that a study names, in the versions and with the hashes of {PluginLock.FileName} beside it; what is not in there is added.",
            "plugin restore study.yaml"
        )
        {
            file,
            sources,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var study = Study.Load(parsed.GetValue(file)!);
                if (study.Problems.Count > 0)
                    throw new SatException(ExitCode.Planning, study.Problems);
                if (study.Plugins.Count == 0)
                {
                    await Console.Error.WriteLineAsync(
                        $"{study.File} has no 'plugins', so there is nothing to install. What its runs use and the tool lacks must be named there: plugins: [{{ id: PACKAGE }}]"
                    );
                    return ExitCode.Fine;
                }
                var locked = PluginLock.Of(study);
                // Before anything is installed: a study and a lock file that disagree are nobody's wish.
                var wanted = study
                    .Plugins.Select(p => (Plugin: p, IsOneOfSeveral: study.Plugins.Count(p.SharesPackageWith) > 1))
                    .Select(p => (p.Plugin, p.IsOneOfSeveral, Locked: locked.For(p.Plugin, p.IsOneOfSeveral)))
                    .ToArray();
                var installed = Installed();
                await With(signals, parsed.GetValue(sources)!, async installer =>
                {
                    var changed = new List<AddedPlugin>();
                    foreach (var (plugin, isOneOfSeveral, receipt) in wanted)
                    {
                        if (receipt is not null && installed.Contains(receipt))
                            continue;
                        var (added, now) = await installer.Install(
                            plugin.Id,
                            receipt?.Version ?? plugin.Version,
                            receipt?.ContentHash,
                            // Another study may need another version.
                            beside: true,
                            signals.Stop
                        );
                        changed.Add(added);
                        locked = locked.With(now, isOneOfSeveral);
                        locked.Write(study);
                    }
                    return changed;
                });
                return ExitCode.Fine;
            }
        );
        return command;
    }

    public static Command Search(Signals signals)
    {
        var text = new Argument<string>("TEXT")
        {
            HelpName = "TEXT",
            Description = "A word of the package's id, tags or description [default: all plugins]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var sources = Sources();
        var command = new ToolCommand("search", "List the plugins that the NuGet feeds have.", "plugin search noise") { text, sources };
        command.SetAction(
            async (parsed, _) =>
            {
                using var orderly = signals.Orderly();
                var found = await DataWatch.Run(async listener =>
                {
                    using var feeds = new PackageFeeds(parsed.GetValue(sources)!, Environment.CurrentDirectory, listener);
                    return await feeds.Search(parsed.GetValue(text) ?? "", PluginPackage.PackageType, signals.Stop);
                });
                if (found.Count == 0)
                    await Console.Error.WriteLineAsync("no plugin was found");
                TermList.Write(
                    Console.Out,
                    [.. found.Select(f => ($"{f.Id} {f.Version}", VisibleText.Line(f.Summary)))],
                    TerminalSize.OutColumns
                );
                return ExitCode.Fine;
            }
        );
        return command;
    }

    private static Option<string[]> Sources() =>
        new("--source")
        {
            Description =
                "Use this feed instead of those in NuGet's configuration: its name, its address, or a folder of packages; may be repeated",
            HelpName = "FEED",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    /// <summary>Installs, and says what is there now.</summary>
    private static async Task With(
        Signals signals,
        IReadOnlyCollection<string> sources,
        Func<PluginInstaller, Task<IReadOnlyList<AddedPlugin>>> install
    )
    {
        using var orderly = signals.Orderly();
        using var host = ToolHost.Build();
        var installed = await DataWatch.Run(async listener =>
        {
            using var feeds = new PackageFeeds(sources, Environment.CurrentDirectory, listener);
            return await install(
                new PluginInstaller(
                    host.Services.GetRequiredService<PluginStore>(),
                    host.Services.GetRequiredService<ComponentCatalog>(),
                    feeds,
                    listener
                )
            );
        });
        foreach (var plugin in installed)
            await Console.Out.WriteLineAsync(plugin.ToString());
        if (installed.Count == 0)
            await Console.Error.WriteLineAsync("everything is up to date");
    }

    /// <summary>The packages that plugins were installed from.</summary>
    private static IReadOnlyList<PluginReceipt> Installed()
    {
        var plugins = SatHome.FromEnvironment().Plugins;
        return Directory.Exists(plugins)
            ? [.. Directory.GetDirectories(plugins).Order(StringComparer.Ordinal).Select(PluginReceipt.Read).OfType<PluginReceipt>()]
            : [];
    }
}
