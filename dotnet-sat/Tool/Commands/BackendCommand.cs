using System.CommandLine;
using Sat.Backends;
using Sat.Data.Progress;
using Sat.Engine.Cuda;
using Sat.Engine.Interop;
using Sat.Feeds;
using Sat.Records;
using Sat.Records.Backends;
using Sat.Records.Data;
using Sat.Records.Json;
using Sat.Tool.Backends;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary><c>backend list|install|use|remove</c>: the libtorch that training computes with.</summary>
internal static class BackendCommand
{
    public static Command Create(Signals signals) =>
        new ToolCommand(
            "backend",
            "List, install, choose and remove back ends: the libtorch that training computes with. The tool carries one for the CPU.",
            "backend list",
            "backend install cuda",
            "backend use --libtorch ~/.venv/lib/python3.12/site-packages/torch/lib",
            "backend use cpu"
        )
        {
            List(),
            Install(signals),
            Use(signals),
            Remove(),
            Try(),
        };

    private static ToolCommand List()
    {
        var json = SharedOptions.Json();
        var command = new ToolCommand(
            "list",
            "List the installed back ends, and say which is chosen and why.",
            "backend list",
            "backend list --json"
        )
        {
            json,
        };
        command.SetAction(parsed =>
        {
            var home = SatHome.FromEnvironment();
            var chosen = ChosenBackend.Find();
            if (chosen.Problem is { } problem)
                Console.Error.WriteLine($"warning: {problem}.");
            var installed = BackendReceipt.Read(home);
            var left = new BackendStore(home, Silent.Instance).Left;
            var own = ChosenBackend.Own;
            List<Row> rows =
            [
                new Row(own.Name, own.Why, LibTorchBuild.Expected, null, null, own.Folder),
                new Row(
                    BackendNames.Cuda,
                    installed is not null ? "installed"
                        : left > 0 ? "install interrupted"
                        : "not installed",
                    installed?.LibTorch,
                    installed?.Cuda,
                    installed?.Bytes ?? (left > 0 ? left : null),
                    BackendReceipt.FolderOf(home)
                ),
            ];
            if (chosen.Name == BackendNames.LibTorch)
                rows.Add(new Row(BackendNames.LibTorch, chosen.Why, chosen.LibTorch, chosen.Cuda, null, chosen.Folder));
            if (parsed.GetValue(json))
            {
                Console.Out.Write(
                    SatJson.WriteIndented(
                        new
                        {
                            Schema = 1,
                            Chosen = chosen.Name,
                            chosen.Why,
                            chosen.Problem,
                            Backends = rows,
                        }
                    )
                );
                return ExitCode.Fine;
            }
            var table = new TextTable(
                ["", "backend", "status", "libtorch", "CUDA", "size", "where"],
                [
                    .. rows.Select(row =>
                        (IReadOnlyList<string>)
                            [
                                row.Name == chosen.Name && row.Folder == chosen.Folder ? "*" : "",
                                row.Name,
                                row.Status,
                                row.LibTorch ?? "-",
                                row.Cuda ?? "-",
                                ByteSize.Text(row.Bytes),
                                row.Folder,
                            ]
                    ),
                ]
            );
            new NarrowTable(table, last: 1).Write(Console.Out, TerminalSize.OutColumns);
            Console.Out.WriteLine(WordWrap.Paragraph($"* is in use: {chosen.Why}.", TerminalSize.OutColumns));
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Install(Signals signals)
    {
        var name = Name("NAME", "What to install: cuda", [BackendNames.Cuda]);
        var sources = new Option<string[]>("--source")
        {
            Description =
                "Use this feed instead of those in NuGet's configuration: its name, its address, or a folder of packages; may be repeated",
            HelpName = "FEED",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };
        var command = new ToolCommand(
            "install",
            "Install libtorch for CUDA through NuGet, in the version of the tool's TorchSharp, and choose it. An interrupted install resumes.",
            "backend install cuda",
            "backend install cuda --source /media/packages"
        )
        {
            name,
            sources,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var home = SatHome.FromEnvironment();
                var package = CudaPackage.For(Platform.Current.Os, Platform.Current.Architecture)
                    ?? throw new SatException(
                        ExitCode.Environment,
                        $"TorchSharp has libtorch for CUDA on linux-x64 and win-x64, but this is {Platform.Current}."
                    );
                if (BackendReceipt.Read(home) is { } here && here.TorchSharp == TorchSharpBuild.Version)
                {
                    var isChosen = ChosenBackend.Find() is { Name: BackendNames.Cuda, IsOwn: false };
                    await Console.Error.WriteLineAsync(
                        $"back end cuda is already here: {Text(here)}.{(isChosen ? "" : " 'dotnet sat backend use cuda' chooses it.")}"
                    );
                    return ExitCode.Fine;
                }
                using var orderly = signals.Orderly();
                var receipt = await DataWatch.Run(async listener =>
                {
                    using var feeds = new PackageFeeds(parsed.GetValue(sources)!, Environment.CurrentDirectory, listener);
                    return await new BackendStore(home, listener).Install(package, TorchSharpBuild.Version, feeds, signals.Stop);
                });
                await Console.Error.WriteLineAsync($"back end cuda is installed: {Text(receipt)}.");
                return await Choose(
                    home,
                    BackendReceipt.FolderOf(home),
                    new BackendChoice { Backend = BackendNames.Cuda, TorchSharp = receipt.TorchSharp },
                    signals.Stop
                );
            }
        );
        return command;
    }

    private static ToolCommand Use(Signals signals)
    {
        var name = Name("NAME", "cpu (the tool's own), or cuda once it is installed", [BackendNames.Cpu, BackendNames.Cuda]);
        name.Arity = ArgumentArity.ZeroOrOne;
        var folder = new Option<string?>("--libtorch")
        {
            Description = "Use the libtorch in this folder, such as torch/lib of a PyTorch installation; it is tried first",
            HelpName = "DIR",
        };
        var command = new ToolCommand(
            "use",
            "Choose the back end of all runs from now on. SAT_LIBTORCH takes precedence.",
            "backend use cpu",
            "backend use cuda",
            "backend use --libtorch ~/.venv/lib/python3.12/site-packages/torch/lib"
        )
        {
            name,
            folder,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null == result.GetValue(folder) is null)
                result.AddError("'backend use' takes either a name, cpu or cuda, or --libtorch DIR");
        });
        command.SetAction(
            async (parsed, _) =>
            {
                var home = SatHome.FromEnvironment();
                using var orderly = signals.Orderly();
                if (parsed.GetValue(folder) is { } path)
                {
                    var found = LibTorchFolder.Read(path);
                    if (found.Version is { } version && CudaVerdict.OfVersion(version, LibTorchBuild.Expected) is { Ok: false } refused)
                        throw new SatException(ExitCode.Environment, $"{found.Path}: {refused.Finding}. {refused.Remedy}.");
                    return await Choose(
                        home,
                        found.Path,
                        new BackendChoice
                        {
                            Backend = BackendNames.LibTorch,
                            TorchSharp = TorchSharpBuild.Version,
                            Folder = found.Path,
                            LibTorch = found.Version,
                            Cuda = found.Cuda,
                        },
                        signals.Stop
                    );
                }
                if (
                    parsed.GetValue(name) == BackendNames.Cpu
                    || (ChosenBackend.Own.Name == BackendNames.Cuda && BackendReceipt.Read(home) is null)
                )
                {
                    BackendChoice.Clear(home);
                    await Told($"back end {ChosenBackend.Own.Name}, {ChosenBackend.Own.Why}, is chosen.");
                    return ExitCode.Fine;
                }
                if (BackendReceipt.Read(home) is not { } receipt)
                    throw new SatException(
                        ExitCode.Environment,
                        $"back end cuda is not installed in {home.Backends}: 'dotnet sat backend install cuda' installs it."
                    );
                if (receipt.TorchSharp != TorchSharpBuild.Version)
                    throw new SatException(
                        ExitCode.Environment,
                        $"back end cuda was installed for TorchSharp {receipt.TorchSharp}, but this tool has {TorchSharpBuild.Version}: 'dotnet sat backend install cuda' installs the one for this tool."
                    );
                return await Choose(
                    home,
                    BackendReceipt.FolderOf(home),
                    new BackendChoice { Backend = BackendNames.Cuda, TorchSharp = receipt.TorchSharp },
                    signals.Stop
                );
            }
        );
        return command;
    }

    private static ToolCommand Remove()
    {
        var name = Name("NAME", "What to remove: cuda", [BackendNames.Cuda]);
        var command = new ToolCommand(
            "remove",
            "Remove an installed back end. If it was the chosen one, runs use the tool's own again.",
            "backend remove cuda"
        )
        {
            name,
        };
        command.SetAction(async parsed =>
        {
            var home = SatHome.FromEnvironment();
            var removed = new BackendStore(home, Silent.Instance).Remove();
            // Not before it is gone: a folder that cannot be removed stays chosen.
            var wasChosen = BackendChoice.Read(home) is { Folder: null };
            if (wasChosen)
                BackendChoice.Clear(home);
            var chosen = wasChosen ? "; the tool's own is chosen" : "";
            if (!removed)
                throw new SatException(
                    ExitCode.Environment,
                    $"back end cuda is not installed in {home.Backends}: there is nothing to remove{chosen}"
                );
            await Console.Error.WriteLineAsync($"removed back end cuda{chosen}");
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Not for people: the tool starts itself so to try a libtorch.</summary>
    private static Command Try()
    {
        var command = new Command(BackendTrial.Command, "Try the libtorch that SAT_LIBTORCH names.") { Hidden = true };
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(SatJson.Write(BackendTrial.Here()));
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Tries a back end, and chooses it.</summary>
    private static async Task<int> Choose(SatHome home, string folder, BackendChoice choice, CancellationToken stop)
    {
        var trial = await BackendTrial.Run(folder, stop);
        if (CudaVerdict.OfVersion(trial.Build.Version, LibTorchBuild.Expected) is { } version)
        {
            if (!version.Ok)
                throw new SatException(ExitCode.Environment, $"{folder}: {version.Finding}. {version.Remedy}.");
            await Console.Error.WriteLineAsync($"warning: {version.Finding}. {version.Remedy}.");
        }
        (choice with { LibTorch = choice.LibTorch ?? trial.Build.Version, Cuda = choice.Cuda ?? trial.Build.Cuda }).Write(home);
        if (!trial.Cuda.Ok)
            await Console.Error.WriteLineAsync($"warning: {trial.Cuda.Finding}. {trial.Cuda.Remedy}.");
        await Told($"back end {choice.Backend} is chosen: libtorch {choice.LibTorch ?? trial.Build.Version} in {folder}.");
        return ExitCode.Fine;
    }

    private static async Task Told(string chosen)
    {
        await Console.Error.WriteLineAsync(chosen);
        if (Environment.GetEnvironmentVariable(LibTorch.Variable) is { Length: > 0 } variable)
            await Console.Error.WriteLineAsync($"warning: {LibTorch.Variable} is set to {variable} and takes precedence.");
    }

    private static string Text(BackendReceipt receipt) =>
        $"libtorch {receipt.LibTorch} for CUDA {receipt.Cuda}, {ByteSize.Text(receipt.Bytes)}";

    private static Argument<string> Name(string name, string description, string[] values)
    {
        var argument = new Argument<string>(name)
        {
            HelpName = name,
            Description = description,
            CompletionSources = { Candidates.From(values) },
        };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !values.Contains(token.Value, StringComparer.Ordinal))
                result.AddError($"there is no back end '{token.Value}' here: it takes {string.Join(" or ", values)}");
        });
        return argument;
    }

    private sealed record Row(string Name, string Status, string? LibTorch, string? Cuda, long? Bytes, string Folder);

    private sealed class Silent : IDataListener
    {
        public static Silent Instance { get; } = new();

        public void Progressed(DataProgress progress) { }

        public void Noted(string sentence) { }
    }
}
