using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sat.Data;
using Sat.Data.Downloads;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>data list|get|verify|import|where|show|samples|export</c>.</summary>
internal static class DataCommand
{
    public static Command Create(Signals signals) =>
        new ToolCommand(
            "data",
            "List, get, check and import the datasets of this machine.",
            "data list",
            "data get cifar10",
            "data verify",
            "data import cifar10 ./cifar-10-binary.tar.gz",
            "data where"
        )
        {
            List(),
            Get(signals),
            Verify(),
            Import(signals),
            Where(),
            DataShowCommand.Create(signals),
            DataSamplesCommand.Create(),
            DataExportCommand.Create(signals),
        };

    private static ToolCommand List()
    {
        var (data, plugins, json) = (SharedOptions.Data(), SharedOptions.Plugin(), SharedOptions.Json());
        var command = new ToolCommand(
            "list",
            "List all datasets: what is here, which version, how large and where. Looks at names and lengths only; 'verify' reads the checksums.",
            "data list",
            "data list --json"
        )
        {
            data,
            plugins,
            json,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var root = Root(host.Services, parsed.GetValue(data));
            var inspector = new DataInspector(root);
            Write(root, [.. Datasets(host.Services).Select(d => (d, inspector.Look(d)))], parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Verify()
    {
        var id = new Argument<string?>("ID") { Description = "Only this dataset", Arity = ArgumentArity.ZeroOrOne };
        var (data, plugins, json) = (SharedOptions.Data(), SharedOptions.Plugin(), SharedOptions.Json());
        var command = new ToolCommand(
            "verify",
            "Check the files of datasets against their checksums. Exits with 5 when one is wrong, or when there is nothing to check.",
            "data verify",
            "data verify cifar10 --json"
        )
        {
            id,
            data,
            plugins,
            json,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var root = Root(host.Services, parsed.GetValue(data));
            using var progress = new LateProgress();
            var inspector = new DataInspector(root, progress.Tell);
            var named = parsed.GetValue(id);
            ComponentSchema[] datasets = named is null
                ? [.. Datasets(host.Services).Where(d => d.Data is not null)]
                : [Dataset(host.Services, named)];
            var states = datasets.Select(d => (Dataset: d, State: inspector.Verify(d))).ToArray();
            progress.Dispose();
            Write(root, states, parsed.GetValue(json));
            // A check that found nothing to check must not pass for one that found nothing wrong.
            var isNothingHere = states.Length > 0 && states.All(s => s.State.Status is DataStatus.Missing or DataStatus.OwnFiles);
            if (isNothingHere)
                Console.Error.WriteLine(
                    states is [{ State.Status: DataStatus.OwnFiles }]
                        ? $"nothing was checked: dataset '{named}' reads your own files, whose checksums only runs record."
                        : $"nothing was checked: {(named is null ? "no dataset" : $"dataset '{named}'")} is {(named is null ? "" : "not ")}in {root}."
                );
            return isNothingHere || states.Any(s => s.State.Status is DataStatus.Damaged or DataStatus.Unknown)
                ? ExitCode.Environment
                : ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Get(Signals signals)
    {
        var id = new Argument<string>("ID") { Description = "The dataset, as 'data list' shows it" };
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Download from this address instead of the official one: a folder that holds the archive, or the archive itself",
            HelpName = "URL",
        };
        mirror.Validators.Add(result =>
        {
            if (
                result.GetValueOrDefault<string?>() is { } url
                && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            )
                result.AddError($"--mirror is '{url}': it takes an address that begins with http:// or https://");
        });
        var patience = new DownloadOptions();
        var tries = SharedOptions.AtLeastOne(
            new Option<int>("--tries")
            {
                Description = "Give up after this many tries in a row that bring nothing",
                HelpName = "N",
                DefaultValueFactory = _ => patience.Tries,
            }
        );
        var timeout = SharedOptions.AtLeastOne(
            new Option<int>("--timeout")
            {
                Description = "Ask a silent server again after this many seconds",
                HelpName = "SECONDS",
                DefaultValueFactory = _ => (int)patience.Timeout.TotalSeconds,
            }
        );
        var (data, plugins) = (SharedOptions.Data(), SharedOptions.Plugin());
        var command = new ToolCommand(
            "get",
            "Download a dataset, check it and unpack it. A broken download is kept, and the same command resumes it.",
            "data get cifar10",
            "data get cifar10 --mirror https://mirror.example/datasets/ --data /scratch/data"
        )
        {
            id,
            mirror,
            data,
            tries,
            timeout,
            plugins,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                using var host = ToolHost.Build(parsed.GetValue(plugins));
                var dataset = Dataset(host.Services, parsed.GetValue(id)!);
                var root = Root(host.Services, parsed.GetValue(data));
                var before = new DataInspector(root).Look(dataset);
                if (before.Status == DataStatus.Missing && dataset.Data!.Terms is { } terms)
                    await Console.Error.WriteLineAsync($"Terms: {terms}");
                var options = patience with { Tries = parsed.GetValue(tries), Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)) };
                using var http = HttpClients.Create(options, $"dotnet-sat/{ToolInfo.Version}");
                var address = parsed.GetValue(mirror) is { } url ? new Uri(url) : null;
                using var orderly = signals.Orderly();
                var state = await DataWatch.Run(listener =>
                    new DataStore(root, listener).Get(dataset, address, new Downloader(http, options, listener), signals.Stop)
                );
                return await Tell(dataset, state, before.Status is not (DataStatus.Missing or DataStatus.Damaged));
            }
        );
        return command;
    }

    private static ToolCommand Import(Signals signals)
    {
        var id = new Argument<string>("ID") { Description = "The dataset, as 'data list' shows it" };
        var path = new Argument<string>("PATH") { Description = "The official archive, or a folder with the archives or their files" };
        var (data, plugins) = (SharedOptions.Data(), SharedOptions.Plugin());
        var command = new ToolCommand(
            "import",
            "Copy a dataset from this machine, checked like a download.",
            "data import cifar10 ./cifar-10-binary.tar.gz",
            "data import cifar10 ./cifar-10-batches-bin"
        )
        {
            id,
            path,
            data,
            plugins,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                using var host = ToolHost.Build(parsed.GetValue(plugins));
                var dataset = Dataset(host.Services, parsed.GetValue(id)!);
                var root = Root(host.Services, parsed.GetValue(data));
                using var orderly = signals.Orderly();
                var state = await DataWatch.Run(listener =>
                    new DataStore(root, listener).Import(dataset, parsed.GetValue(path)!, signals.Stop)
                );
                return await Tell(dataset, state, alreadyHere: false);
            }
        );
        return command;
    }

    private static ToolCommand Where()
    {
        var id = new Argument<string?>("ID") { Description = "The folder of one dataset", Arity = ArgumentArity.ZeroOrOne };
        var (data, plugins) = (SharedOptions.Data(), SharedOptions.Plugin());
        var command = new ToolCommand(
            "where",
            "Print the folder of all datasets, or of one; it need not exist yet. SAT_DATA and --data choose another.",
            "data where",
            "data where cifar10"
        )
        {
            id,
            data,
            plugins,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var root = Root(host.Services, parsed.GetValue(data));
            Console.Out.WriteLine(
                parsed.GetValue(id) is { } named ? new DataInspector(root).FolderOf(Dataset(host.Services, named).Id) : root
            );
            return ExitCode.Fine;
        });
        return command;
    }

    internal static string Root(IServiceProvider services, string? data) =>
        data is null ? services.GetRequiredService<SatHome>().Data : Path.GetFullPath(data);

    private static IEnumerable<ComponentSchema> Datasets(IServiceProvider services) =>
        services.GetRequiredService<ComponentCatalog>().Entries.Select(e => e.Schema).Where(s => s.Kind == ComponentKind.Dataset);

    internal static ComponentSchema Dataset(IServiceProvider services, string id)
    {
        var catalog = services.GetRequiredService<ComponentCatalog>();
        return catalog.Find(ComponentKind.Dataset, id)?.Schema
            ?? throw new SatException(ExitCode.Planning, catalog.Unknown(ComponentKind.Dataset, id));
    }

    private static async Task<int> Tell(ComponentSchema dataset, DataState state, bool alreadyHere)
    {
        if (state.Status == DataStatus.OwnFiles)
            throw new SatException(
                ExitCode.Planning,
                $"dataset '{dataset.Id}' has nothing to download. {state.Note} {string.Join(' ', dataset.Options.Where(o => o.Kind == OptionKind.Path).Select(o => $"{o.Name}: {o.Description}"))}"
            );
        if (state.Status == DataStatus.NoFiles)
        {
            await Console.Error.WriteLineAsync($"dataset '{dataset.Id}': {state.Note}");
            return ExitCode.Fine;
        }
        await Console.Error.WriteLineAsync(
            $"dataset '{dataset.Id}' is {(alreadyHere ? "already " : "")}here: version '{state.Variant}', {ByteSize.Text(state.Bytes)}."
        );
        await Console.Out.WriteLineAsync(state.Location);
        return ExitCode.Fine;
    }

    private static void Write(string root, IReadOnlyList<(ComponentSchema Dataset, DataState State)> states, bool json)
    {
        if (json)
        {
            Console.Out.Write(
                SatJson.WriteIndented(
                    new
                    {
                        Schema = 1,
                        Folder = root,
                        Datasets = states.Select(s => new
                        {
                            s.State.Id,
                            s.State.Status,
                            s.State.Variant,
                            s.State.Bytes,
                            s.State.Location,
                            s.State.Wrong,
                            s.State.Note,
                            s.Dataset.Data?.Sources,
                            s.Dataset.Data?.Terms,
                        }),
                    }
                )
            );
            return;
        }
        var table = new TextTable(
            ["dataset", "status", "version", "size", "where"],
            [
                .. states.Select(s =>
                    (IReadOnlyList<string>)
                        [
                            s.State.Id,
                            DataText.Status(s.State.Status),
                            s.State.Variant ?? "-",
                            ByteSize.Text(s.State.Bytes),
                            s.State.Location ?? "-",
                        ]
                ),
            ]
        );
        new NarrowTable(table, last: 1).Write(Console.Out, TerminalSize.OutColumns);
        foreach (var note in Notes(states))
            Console.Out.WriteLine(WordWrap.Paragraph(note, TerminalSize.OutColumns, 2));
    }

    /// <summary>What is to be said below the table: once what is the same of several datasets.</summary>
    private static IEnumerable<string> Notes(IReadOnlyList<(ComponentSchema Dataset, DataState State)> states)
    {
        bool IsDownload((ComponentSchema Dataset, DataState State) s) =>
            s.State.Status == DataStatus.Missing && s.Dataset.Data!.IsDownloadable;
        bool IsOwn((ComponentSchema Dataset, DataState State) s) => s.State.Status == DataStatus.OwnFiles;
        string Ids(Func<(ComponentSchema Dataset, DataState State), bool> which) =>
            string.Join(", ", states.Where(which).Select(s => s.State.Id));
        if (states.Count == 1)
            return states.Select(s => s.State).Where(s => s.Note is not null).Select(s => $"{s.Id}: {s.Note}");
        var notes = states
            .Where(s => s.State.Note is not null && s.State.Status != DataStatus.NoFiles && !IsDownload(s) && !IsOwn(s))
            .Select(s => $"{s.State.Id}: {s.State.Note}")
            .ToList();
        if (states.Any(IsDownload))
            notes.Add($"'dotnet sat data get ID' downloads {Ids(IsDownload)}.");
        if (states.Any(IsOwn))
            notes.Add($"Your own files: '--set dataset.path=PATH', or 'path' in the study, for {Ids(IsOwn)}.");
        return notes;
    }
}
