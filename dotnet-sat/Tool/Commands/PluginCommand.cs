using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>plugin list|show|add|remove</c>, and those of packages.</summary>
internal static class PluginCommand
{
    public static Command Create(Signals signals) =>
        new ToolCommand(
            "plugin",
            "List, install and remove plugins, and show what is in them.",
            "plugin list",
            "plugin show sat",
            "plugin install my-method"
        )
        {
            List(),
            Show(),
            PluginPackageCommands.Install(signals),
            PluginPackageCommands.Update(signals),
            PluginPackageCommands.Restore(signals),
            PluginPackageCommands.Search(signals),
            Add(),
            Remove(),
            PluginTestCommand.Create(),
        };

    private static ToolCommand List()
    {
        var plugins = SharedOptions.Plugin();
        var json = SharedOptions.Json();
        var command = new ToolCommand(
            "list",
            "List all components; those of added plugins with the plugin they come from.",
            "plugin list",
            "plugin list --json"
        )
        {
            plugins,
            json,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var catalog = host.Services.GetRequiredService<ComponentCatalog>();
            if (parsed.GetValue(json))
            {
                Console.Out.Write(
                    SatJson.WriteIndented(
                        catalog
                            .Entries.Concat(catalog.Earlier)
                            .Select(e => new
                            {
                                e.Manifest.Package,
                                e.Manifest.Version,
                                e.Folder,
                                BuiltIn = ToolInfo.IsBuiltIn(e.Folder),
                                Component = e.Schema,
                            })
                            .ToArray()
                    )
                );
                return ExitCode.Fine;
            }
            TermList.Write(
                Console.Out,
                [
                    .. catalog.Entries.Select(e => (e.Schema.Name, e.Schema.Summary + Origin(e.Manifest, e.Folder))),
                    .. catalog.Earlier.Select(e =>
                        (
                            e.Schema.Name,
                            $"{e.Schema.Summary}{Origin(e.Manifest, e.Folder)}"
                                + (
                                    catalog.Find(e.Schema.Kind, e.Schema.Id, e.Schema.Revision) == e
                                        ? $" An older version, for studies that name 'revision: {e.Schema.Revision}'."
                                        : $" An older version; the newer one has revision {e.Schema.Revision} too and is used for it."
                                )
                        )
                    ),
                ],
                TerminalSize.OutColumns
            );
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Show()
    {
        var name = new Argument<string>("COMPONENT")
        {
            HelpName = "COMPONENT",
            Description = "kind/id, or id where that is unique; with @VERSION, that of one installed version",
            CompletionSources = { Candidates.Names },
        };
        var plugins = SharedOptions.Plugin();
        var json = SharedOptions.Json();
        var command = new ToolCommand(
            "show",
            "Show a component's options with their defaults and ranges, and its paper.",
            "plugin show sat",
            "plugin show dataset/cifar10 --json"
        )
        {
            name,
            plugins,
            json,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var catalog = host.Services.GetRequiredService<ComponentCatalog>();
            var entry = catalog.Named(parsed.GetValue(name)!);
            if (parsed.GetValue(json))
                Console.Out.Write(
                    SatJson.WriteIndented(
                        new
                        {
                            entry.Manifest.Package,
                            entry.Manifest.Version,
                            entry.Folder,
                            Component = entry.Schema,
                        }
                    )
                );
            else
                Write(entry, catalog);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(CatalogEntry entry, ComponentCatalog catalog)
    {
        var schema = entry.Schema;
        var columns = TerminalSize.OutColumns;
        Line($"{schema.Name}: {schema.Summary}");
        Line($"plugin: {entry.Manifest.Package} {entry.Manifest.Version}, revision {schema.Revision}");
        foreach (var other in catalog.Entries.Concat(catalog.Earlier).Where(e => e.Schema.Name == schema.Name && e != entry))
            Line($"also installed: {other.Manifest.Package} {other.Manifest.Version}, revision {other.Schema.Revision}");
        if (schema.Paper is { } paper)
            Line($"paper: {paper}");
        if (schema.Interpretation is { } interpretation)
            Line($"interpretation: {interpretation}");
        if (schema.Data is { } data)
        {
            Line($"files: {string.Join(", ", data.Files)}");
            Line($"get them: {(schema.Kind == ComponentKind.Dataset ? data.ObtainFor(schema.Id) : data.Obtain)}");
            if (data.Terms is { } terms)
                Line($"terms: {terms}");
            foreach (var variant in data.Variants)
                Line($"known version '{variant.Name}': {variant.Description}");
        }
        Line(schema.Options.Count == 0 ? "It has no options." : "options:");
        TermList.WriteBlocks(Console.Out, schema.Options.Select(o => (o.Name, o.Range() + Default(o), o.Description)), columns);

        void Line(string text) => Console.Out.WriteLine(WordWrap.Paragraph(VisibleText.Line(text), columns));
    }

    /// <summary>Whether a value must be given, and what holds otherwise; nothing where the option's description says it.</summary>
    private static string Default(OptionSchema option) =>
        option.Required ? "; required"
        : option.DefaultText() is { } value ? $"; default {(value.Length > 0 ? value : "empty")}"
        : "";

    /// <summary>The plugin that a component comes from, where that is not the tool's own.</summary>
    private static string Origin(PluginManifest manifest, string folder) =>
        ToolInfo.IsBuiltIn(folder) ? "" : $" [{manifest.Package} {manifest.Version}]";

    private static ToolCommand Add()
    {
        var path = new Argument<string>("PATH") { Description = "The folder that the plugin was built or published into" };
        var beside = Beside();
        var command = new ToolCommand("add", "Install a plugin by copying its folder into SAT_HOME.", "plugin add ./publish")
        {
            path,
            beside,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build();
            var plugin = host
                .Services.GetRequiredService<PluginStore>()
                .Add(parsed.GetValue(path)!, host.Services.GetRequiredService<ComponentCatalog>(), parsed.GetValue(beside));
            Console.Out.WriteLine(plugin);
            Console.Error.WriteLine("A plugin is code with your rights: add only what you trust.");
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>The option to keep another version of a plugin that is installed.</summary>
    internal static Option<bool> Beside() =>
        new("--beside")
        {
            Description =
                "Keep the version that is installed as well. A study gets the newest unless it names a revision, as in method: { id: NAME, revision: 1 }",
        };

    private static ToolCommand Remove()
    {
        var package = new Argument<string>("PACKAGE")
        {
            HelpName = "PACKAGE",
            Description = "Package id, as 'plugin list' shows it; PACKAGE@VERSION for one of several versions",
            CompletionSources = { Candidates.AddedPackages },
        };
        var command = new ToolCommand("remove", "Remove a plugin that was added.", "plugin remove stranger.smoothing") { package };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build();
            var name = parsed.GetValue(package)!;
            var versions = host.Services.GetRequiredService<PluginStore>().Remove(name);
            Console.Error.WriteLine($"removed {$"{name.Split('@')[0]} {string.Join(" and ", versions)}".TrimEnd()}");
            return ExitCode.Fine;
        });
        return command;
    }
}
