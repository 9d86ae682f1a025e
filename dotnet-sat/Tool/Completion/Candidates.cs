using System.CommandLine.Completions;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Tool.Commands;
using Sat.Tool.Processes;

namespace Sat.Tool.Completion;

/// <summary>What options and arguments can be, for completion: from manifests alone, and nothing where these cannot be read.</summary>
internal static class Candidates
{
    /// <summary>Kind of an item in whose place the shell offers files.</summary>
    public const string FileKind = "file";

    public static IEnumerable<CompletionItem> Presets(CompletionContext context) =>
        Sweeps.Studies.Presets.Names.Select(n => new CompletionItem(n));

    public static IEnumerable<CompletionItem> Devices(CompletionContext context) =>
        [new CompletionItem("auto"), new CompletionItem("cpu"), new CompletionItem("cuda")];

    /// <summary>Certain words.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> From(params string[] words) =>
        _ => words.Select(w => new CompletionItem(w));

    /// <summary>The ids of a kind.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Ids(ComponentKind kind) =>
        context =>
            Entries(context).Where(e => e.Schema.Kind == kind).Select(e => new CompletionItem(e.Schema.Id, detail: e.Schema.Summary));

    /// <summary><c>kind/id</c>.</summary>
    public static IEnumerable<CompletionItem> Names(CompletionContext context) =>
        Entries(context).Select(e => new CompletionItem(e.Schema.Name, detail: e.Schema.Summary));

    /// <summary>Packages that were added, and so can be removed.</summary>
    public static IEnumerable<CompletionItem> AddedPackages(CompletionContext context)
    {
        var added = SatHome.FromEnvironment().Plugins;
        return Directory.Exists(added)
            ? Directory
                .EnumerateDirectories(added)
                .Select(f => Path.GetFileName(f))
                .Where(n => !n.StartsWith('.'))
                .Select(n => new CompletionItem(n))
            : [];
    }

    /// <summary><c>PATH=</c> for <c>--set</c>, and behind that the values, where they can be listed.</summary>
    public static IEnumerable<CompletionItem> Settings(CompletionContext context)
    {
        var word = context.WordToComplete;
        var settings = SettingCandidate.All(Entries(context));
        return word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
            ? settings.Where(s => s.Path == word[..equals]).SelectMany(s => s.Values(word))
            : settings.Select(s => new CompletionItem($"{s.Path}=", detail: s.About));
    }

    private static CatalogEntry[] Entries(CompletionContext context)
    {
        var plugins = context.ParseResult.CommandResult.Command.Options.FirstOrDefault(o => o.Name == SharedOptions.PluginName);
        string[] named = plugins is null
            ? []
            : [.. context.ParseResult.GetResult(plugins)?.Tokens.Select(t => t.Value).Where(Directory.Exists) ?? []];
        try
        {
            return [.. PluginHost.Discover([ToolInfo.BuiltInPlugins, SatHome.FromEnvironment().Plugins], named).Catalog.Entries];
        }
        catch (SatException)
        {
            // The command itself will say what is wrong with them.
            return [];
        }
    }
}
