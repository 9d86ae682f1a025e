using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Sweeping;
using Spectre.Console;

namespace Sat.Tool.Commands;

/// <summary><c>plugin list|show|add|remove</c>.</summary>
internal static class PluginCommand
{
    public static Command Create() =>
        new ToolCommand(
            "plugin",
            "List, show, add and remove plugins.",
            "plugin list",
            "plugin show sat",
            "plugin add ./bin/Release/net10.0/publish"
        )
        {
            List(),
            Show(),
            Add(),
            Remove(),
        };

    private static ToolCommand List()
    {
        var plugins = SharedOptions.Plugin();
        var json = SharedOptions.Json();
        var command = new ToolCommand("list", "List all components and the plugins they come from.", "plugin list", "plugin list --json")
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
                            .Entries.Select(e => new
                            {
                                e.Manifest.Package,
                                e.Manifest.Version,
                                e.Folder,
                                Component = e.Schema,
                            })
                            .ToArray()
                    )
                );
                return ExitCode.Fine;
            }
            var table = new Table().Border(TableBorder.None).AddColumns("component", "plugin", "what it is");
            foreach (var entry in catalog.Entries)
                table.AddRow(
                    Terminal.Plain(entry.Schema.Name),
                    Terminal.Plain($"{entry.Manifest.Package} {entry.Manifest.Version}"),
                    Terminal.Plain(entry.Schema.Summary)
                );
            Terminal.Out.Write(table);
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Show()
    {
        var name = new Argument<string>("COMPONENT")
        {
            HelpName = "COMPONENT",
            Description = "kind/id, or id where that is unique",
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
            var entry = host.Services.GetRequiredService<ComponentCatalog>().Named(parsed.GetValue(name)!);
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
                Write(entry);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(CatalogEntry entry)
    {
        var schema = entry.Schema;
        var output = Terminal.Out;
        output.WriteLine($"{schema.Name}: {schema.Summary}");
        output.WriteLine($"plugin: {entry.Manifest.Package} {entry.Manifest.Version}, revision {schema.Revision}");
        if (schema.Paper is { } paper)
            output.WriteLine($"paper: {paper}");
        if (schema.Interpretation is { } interpretation)
            output.WriteLine($"interpretation: {interpretation}");
        if (schema.Data is { } data)
        {
            output.WriteLine($"files: {string.Join(", ", data.Files)}");
            output.WriteLine($"get them: {(schema.Kind == ComponentKind.Dataset ? data.ObtainFor(schema.Id) : data.Obtain)}");
            if (data.Terms is { } terms)
                output.WriteLine($"terms: {terms}");
            foreach (var variant in data.Variants)
                output.WriteLine($"known version '{variant.Name}': {variant.Description}");
        }
        if (schema.Options.Count == 0)
        {
            output.WriteLine("It has no options.");
            return;
        }
        var table = new Table().Border(TableBorder.None).AddColumns("option", "default", "values", "what it does");
        foreach (var option in schema.Options)
        {
            table.AddRow(
                Terminal.Plain(option.Name),
                Terminal.Plain(option.DefaultText() ?? (option.Required ? "(required)" : "-")),
                Terminal.Plain(option.Range()),
                Terminal.Plain(option.Description)
            );
        }
        output.Write(table);
    }

    private static ToolCommand Add()
    {
        var path = new Argument<string>("PATH") { Description = "The folder that the plugin was built or published into" };
        var command = new ToolCommand("add", "Install a plugin by copying its folder into SAT_HOME.", "plugin add ./publish") { path };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build();
            var manifest = host
                .Services.GetRequiredService<PluginStore>()
                .Add(parsed.GetValue(path)!, host.Services.GetRequiredService<ComponentCatalog>());
            Console.Out.WriteLine($"{manifest.Package} {manifest.Version}: {string.Join(", ", manifest.Components.Select(c => c.Name))}");
            Console.Error.WriteLine("A plugin is code with your rights: add only what you trust.");
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Remove()
    {
        var package = new Argument<string>("PACKAGE")
        {
            HelpName = "PACKAGE",
            Description = "Package id, as 'plugin list' shows it",
            CompletionSources = { Candidates.AddedPackages },
        };
        var command = new ToolCommand("remove", "Remove a plugin that was added.", "plugin remove stranger.smoothing") { package };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build();
            host.Services.GetRequiredService<PluginStore>().Remove(parsed.GetValue(package)!);
            Console.Error.WriteLine($"removed {parsed.GetValue(package)}");
            return ExitCode.Fine;
        });
        return command;
    }
}
