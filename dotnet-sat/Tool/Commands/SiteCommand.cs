using System.CommandLine;
using Sat.Publishing.Collections;
using Sat.Records;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary><c>site DIR</c>: a static site of bundles.</summary>
internal static class SiteCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "Folder with bundles, zip archives that 'publish' made; folders within it too",
        };
        var output = SharedOptions.Out("Folder for the site, replaced if it is one [default: site]");
        var title = new Option<string>("--title")
        {
            Description = "What the site is called",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "Published results",
        };
        var command = new ToolCommand(
            "site",
            "Check all bundles of a folder and make a static site of them: an index by paper, table and verdict, every report and archive, and a JSON file for each claim. Any web server can serve it, such as GitHub Pages.",
            "site bundles",
            "site bundles --out docs --title \"Our results\""
        )
        {
            folder,
            output,
            title,
        };
        command.SetAction(parsed =>
        {
            var from = parsed.GetValue(folder)!;
            if (!Directory.Exists(from))
                throw new SatException(ExitCode.Environment, $"there is no folder {from}: name one with bundles, as 'publish' makes them.");
            var to = parsed.GetValue(output) ?? "site";
            // The site may lie among the bundles, and holds copies of them.
            var own = Path.GetFullPath(to).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            string[] paths =
            [
                .. Directory
                    .EnumerateFiles(from, "*.zip", SearchOption.AllDirectories)
                    .Where(f => !Path.GetFullPath(f).StartsWith(own, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
            if (paths.Length == 0)
                throw new SatException(
                    ExitCode.Environment,
                    $"there is no zip archive in {from}: name a folder with bundles, as 'publish' makes them."
                );
            using var set = BundleSet.Open(paths, ToolInfo.Version);
            var (index, claims) = BundleSite.Write(set, paths, parsed.GetValue(title)!, to);
            Console.Error.WriteLine($"{Count.Of(paths.Length, "bundle")}, {Count.Of(claims, "claim")}.");
            Console.Out.WriteLine(index);
            return ExitCode.Fine;
        });
        return command;
    }
}
