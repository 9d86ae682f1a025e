using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sat.Engine.Data;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Portraits;
using Sat.Records.Runs;
using Sat.Sweeps.Planning;
using Sat.Tool.Completion;
using Sat.Tool.Exports;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>data export ID</c>: a dataset for other programs, as it is trained on.</summary>
internal static class DataExportCommand
{
    public static Command Create(Signals signals)
    {
        var id = new Argument<string>("ID")
        {
            HelpName = "ID",
            Description = "The dataset, as 'data list' shows it",
            CompletionSources = { Candidates.Ids(ComponentKind.Dataset) },
        };
        var to = new Option<string>("--to")
        {
            Description = "A folder for the files; existing ones of their names are replaced",
            HelpName = "DIR",
            Required = true,
        };
        var licence = new Option<string?>("--licence")
        {
            Description = "The dataset's licence, for its description: an SPDX id or an address",
            HelpName = "TEXT",
        };
        var url = new Option<string?>("--url") { Description = "The dataset's page, for its description", HelpName = "URL" };
        url.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given && Page(given) is null)
                result.AddError($"--url is '{given}': it takes an address that begins with http:// or https://");
        });
        var creator = new Option<string[]>("--creator")
        {
            Description = "Who made the dataset, a person, for its description; may be repeated",
            HelpName = "NAME",
        };
        var published = new Option<string?>("--published")
        {
            Description = "The day of its publication, for its description: 2009-04-08",
            HelpName = "DATE",
        };
        published.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given && Day(given) is null)
                result.AddError($"--published is '{given}': it takes a day, such as 2009-04-08");
        });
        var (data, set, plugins) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Plugin());
        set.Description = "Set an option of the dataset, such as dataset.path=photos; may be repeated";
        var command = new ToolCommand(
            "export",
            "Write a dataset as it is trained on: a Parquet file for each part (index, image as PNG, label, file) and a description in Croissant 1.0.",
            "data export cifar10 --to cifar10-parquet",
            "data export image-folder --set dataset.path=photos --to out"
        )
        {
            id,
            to,
            licence,
            url,
            creator,
            published,
            set,
            data,
            plugins,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                using var host = ToolHost.Build(parsed.GetValue(plugins));
                var catalog = host.Services.GetRequiredService<ComponentCatalog>();
                var dataset = DatasetPlanner.Resolve(
                    catalog,
                    DataCommand.Root(host.Services, parsed.GetValue(data)),
                    parsed.GetValue(id)!,
                    parsed.GetValue(set)!
                );
                LibTorch.Load();
                using var opened = OpenedDataset.Open(host.Services.GetRequiredService<PluginHost>(), dataset.Spec, dataset.Paths);
                // Until here nothing is begun that would have to be ended in order.
                using var orderly = signals.Orderly();
                if (opened.Shape.Channels is not (1 or 3))
                    throw new SatException(
                        ExitCode.Planning,
                        $"the images of dataset '{opened.Id}' have {opened.Shape.Channels} channels; only those of 1 or 3 can be exported."
                    );
                var folder = parsed.GetValue(to)!;
                var origin = new ExportedOrigin(
                    parsed.GetValue(licence),
                    Page(parsed.GetValue(url)),
                    parsed.GetValue(creator) ?? [],
                    Day(parsed.GetValue(published))
                );
                try
                {
                    Directory.CreateDirectory(folder);
                    var files = new List<ExportedFile>();
                    foreach (var part in opened.Parts)
                        files.Add(await Write(part, opened, folder, signals.Stop));
                    AtomicFile.WriteText(
                        Path.Combine(folder, Croissant.FileName),
                        Croissant.Of(opened, catalog.Find(ComponentKind.Dataset, opened.Id)?.Schema.Summary ?? opened.Id, files, origin)
                    );
                    foreach (var file in files)
                        Console.Out.WriteLine(Path.Combine(folder, file.Name));
                    Console.Out.WriteLine(Path.Combine(folder, Croissant.FileName));
                }
                catch (Exception e) when (WriteError.Is(e))
                {
                    throw WriteError.Explain(folder, e);
                }
                if (origin.Missing is { Count: > 0 } missing)
                    await Console.Error.WriteLineAsync(
                        $"note: before {Croissant.FileName} is published, Croissant 1.0 requires what {string.Join(", ", missing)} {Count.Word(missing.Count, "adds", "add")}."
                    );
                return ExitCode.Fine;
            }
        );
        return command;
    }

    private static Uri? Page(string? given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    private static DateOnly? Day(string? given) =>
        DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Writes a part whole, or not at all.</summary>
    private static async Task<ExportedFile> Write(DatasetPart part, OpenedDataset dataset, string folder, CancellationToken stop)
    {
        var name =
            (
                part.Name switch
                {
                    SplitPortrait.Training => "train",
                    SplitPortrait.Labelled => "labelled",
                    _ => part.Name,
                }
            ) + ".parquet";
        var (path, unfinished) = (Path.Combine(folder, name), Path.Combine(folder, $".{name}.{Environment.ProcessId}"));
        RemoveLeftovers(folder, name);
        try
        {
            await using (var stream = File.Create(unfinished))
                await ParquetPart.Write(part, dataset.Shape, stream, stop);
            var file = await Described(part, name, unfinished, stop);
            File.Move(unfinished, path, overwrite: true);
            return file;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Removes what exports that were killed left of a part: who still writes holds its file.</summary>
    private static void RemoveLeftovers(string folder, string name)
    {
        foreach (var left in Directory.GetFiles(folder, $".{name}.*"))
        {
            try
            {
                using (RegularFile.OpenRead(left, FileShare.None))
                    File.Delete(left);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody's still, or not ours to remove.
            }
        }
    }

    private static async Task<ExportedFile> Described(DatasetPart part, string name, string path, CancellationToken stop)
    {
        await using var stream = RegularFile.OpenRead(path);
        return new(part.Name, name, stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop)));
    }
}
