using System.CommandLine;
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
                try
                {
                    Directory.CreateDirectory(folder);
                    var files = new List<ExportedFile>();
                    foreach (var part in opened.Parts)
                        files.Add(await Write(part, opened, folder, signals.Stop));
                    AtomicFile.WriteText(
                        Path.Combine(folder, Croissant.FileName),
                        Croissant.Of(
                            opened,
                            catalog.Find(ComponentKind.Dataset, opened.Id)?.Schema.Summary ?? opened.Id,
                            files,
                            parsed.GetValue(licence)
                        )
                    );
                    foreach (var file in files)
                        Console.Out.WriteLine(Path.Combine(folder, file.Name));
                    Console.Out.WriteLine(Path.Combine(folder, Croissant.FileName));
                }
                catch (Exception e) when (WriteError.Is(e))
                {
                    throw WriteError.Explain(folder, e);
                }
                return ExitCode.Fine;
            }
        );
        return command;
    }

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

    private static async Task<ExportedFile> Described(DatasetPart part, string name, string path, CancellationToken stop)
    {
        await using var stream = RegularFile.OpenRead(path);
        return new(part.Name, name, stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop)));
    }
}
