using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sat.Engine.Data;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Portraits;
using Sat.Reports.Rendering;
using Sat.Sweeps.Planning;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Files;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>data show ID</c>: what a dataset holds, in numbers, and as a page of pictures.</summary>
internal static class DataShowCommand
{
    /// <summary>Images that are named of those that are there more than once.</summary>
    private const int MostNamed = 10;

    public static Command Create(Signals signals)
    {
        var id = new Argument<string>("ID")
        {
            HelpName = "ID",
            Description = "The dataset, as 'data list' shows it",
            CompletionSources = { Candidates.Ids(ComponentKind.Dataset) },
        };
        var page = new Option<string?>("--to")
        {
            Description = "Write a page (HTML) with the first images of each class",
            HelpName = "FILE",
        };
        var each = new Option<int?>("--per-class")
        {
            Description = $"Images of each class on the page [default: 8; of more than {PortraitReader.FewClasses} classes 3]",
            HelpName = "N",
        };
        each.Validators.Add(result =>
        {
            if (result.GetValue(each) is < 1)
                result.AddError("--per-class takes a whole number from 1 on.");
        });
        var open = Browser.Option();
        open.Description = "Open the page in a browser: $BROWSER, or the system's default";
        var (data, set, plugins, json) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Plugin(), SharedOptions.Json());
        set.Description = "Set an option of the dataset, such as dataset.path=photos; may be repeated";
        var command = new ToolCommand(
            "show",
            "Show what a dataset holds: its parts, images per class, means, and images that are there more than once, above all in training and test.",
            "data show cifar10 --to cifar10.html",
            "data show image-folder --set dataset.path=photos --json"
        )
        {
            id,
            page,
            each,
            open,
            set,
            data,
            plugins,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(page) is null && (result.GetValue(open) || result.GetValue(each) is not null))
                result.AddError("--open and --per-class are about a page: say with --to where it goes.");
        });
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var root = DataCommand.Root(host.Services, parsed.GetValue(data));
            var dataset = DatasetPlanner.Resolve(
                host.Services.GetRequiredService<ComponentCatalog>(),
                root,
                parsed.GetValue(id)!,
                parsed.GetValue(set)!
            );
            LibTorch.Load();
            using var opened = OpenedDataset.Open(host.Services.GetRequiredService<PluginHost>(), dataset.Spec, dataset.Paths);
            // Until here nothing is begun that would have to be ended in order.
            using var orderly = signals.Orderly();
            var portrait = new PortraitReader(opened, parsed.GetValue(each)).Read(signals.Stop);
            if (parsed.GetValue(page) is { } file)
            {
                UserFile.Write(file, stream =>
                {
                    using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                    DatasetPage.Write(portrait, text);
                });
            }
            if (parsed.GetValue(json))
                Console.Out.Write(SatJson.WriteIndented(portrait));
            else
                Write(portrait);
            if (parsed.GetValue(page) is { } written)
            {
                Console.Error.WriteLine($"page: {written}");
                if (parsed.GetValue(open))
                    Browser.Open(Path.GetFullPath(written));
            }
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(DatasetPortrait portrait)
    {
        Say(
            $"{portrait.Dataset}: {portrait.Shape[2]} x {portrait.Shape[1]} pixels, {Count.Of(portrait.Shape[0], "channel")}, "
                + (portrait.Classes.Count > 0 ? Count.Of(portrait.Classes.Count, "class", "classes") : "no labels")
        );
        new TextTable(
            ["part", "images", "per class", "mean", "deviation"],
            [
                .. portrait.Splits.Select(s =>
                    (IReadOnlyList<string>)[s.Name, Number(s.Count), PerClass(s.PerClass), Channels(s.Mean), Channels(s.Deviation)]
                ),
            ]
        ).Write(Console.Out);
        foreach (var note in portrait.Notes)
            Say($"read: {note}");
        string[] findings = [.. portrait.Findings];
        foreach (var finding in findings)
            Say(finding);
        if (findings.Length == 0)
            Say("No two images are identical.");
        // What leaks first: that is what spoils results.
        var named = portrait.Leaks.Concat(portrait.Same.Where(s => !s.IsLeak)).ToArray();
        foreach (var image in named.Take(MostNamed))
            Console.Out.WriteLine(
                WordWrap.Paragraph(VisibleText.Line("  " + string.Join(" = ", image.Samples)), TerminalSize.OutColumns, 4)
            );
        if (named.Length > MostNamed)
            Say($"  and {named.Length - MostNamed} more: --json prints all.");

        static void Say(string text) => Console.Out.WriteLine(WordWrap.Paragraph(VisibleText.Line(text), TerminalSize.OutColumns));
    }

    private static string PerClass(IReadOnlyList<long>? counts) =>
        counts is not { Count: > 0 } ? "-"
        : counts.Min() == counts.Max() ? Number(counts.Min())
        : $"{Number(counts.Min())} to {Number(counts.Max())}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Channels(IReadOnlyList<double> values) =>
        string.Join(" ", values.Select(v => v.ToString("F3", CultureInfo.InvariantCulture)));
}
