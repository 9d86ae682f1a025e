using System.CommandLine;
using System.CommandLine.Help;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;
using Sat.Tool.Commands;
using Sat.Tool.Processes;

namespace Sat.Tool;

/// <summary>The commands, and what is common to them: help, errors, exit codes.</summary>
internal static class CommandLine
{
    /// <summary>Runs the tool.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        using var signals = new Signals();
        try
        {
            OpenFiles.Require();
            var root = Root(signals);
            var parsed = root.Parse(
                args.Length == 0 ? ["--help"] : [.. args.Select(AtHome)],
                new ParserConfiguration { ResponseFileTokenReplacer = null }
            );
            if ((parsed.Errors.Count > 0 || UsageErrors.Empty(parsed).Count > 0) && parsed.Action is not HelpAction and not ExamplesHelp)
                return Usage(parsed);
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            var code = await parsed.InvokeAsync(configuration, CancellationToken.None);
            return signals.ExitCode ?? code;
        }
        catch (SatException e)
        {
            foreach (var problem in e.Problems)
                await Console.Error.WriteLineAsync($"error: {VisibleText.Message(problem.ToString())}");
            return signals.ExitCode ?? e.ExitCode;
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return code;
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            await Console.Error.WriteLineAsync($"error: {VisibleText.Message(e.Message)}");
            return signals.ExitCode ?? ExitCode.Environment;
        }
#pragma warning disable CA1031 // The last resort: a sentence and an exit code, with the trace for a report.
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"error: unexpected {e.GetType().Name}: {VisibleText.Message(e.Message)}");
            await Console.Error.WriteLineAsync(
                Environment.GetEnvironmentVariable("SAT_TRACE") is { Length: > 0 }
                    ? e.ToString()
                    : "This is a defect of the tool. Set SAT_TRACE=1 to see where it happened."
            );
            return ExitCode.Unexpected;
        }
#pragma warning restore CA1031
    }

    private static RootCommand Root(Signals signals)
    {
        var root = new RootCommand(
            "Sweeps label-noise experiments across methods, datasets and backbones, and compares the runs with the published results of self-adaptive training."
        );
        root.Subcommands.Add(DemoCommand.Create(signals));
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(PaperCommand.Create());
        root.Subcommands.Add(SchemaCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(SweepCommand.Create(signals));
        root.Subcommands.Add(RunCommand.Create(signals));
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(PublishCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create(signals));
        root.Subcommands.Add(MergeCommand.Create());
        root.Subcommands.Add(SiteCommand.Create());
        root.Subcommands.Add(CleanCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(ReproduceCommand.Create(signals));
        root.Subcommands.Add(DataCommand.Create(signals));
        root.Subcommands.Add(PluginCommand.Create(signals));
        root.Subcommands.Add(BackendCommand.Create(signals));
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(CompleteCommand.Create(root));
        root.Subcommands.Add(WorkerCommand.Create(signals));
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ExamplesHelp((HelpAction)help.Action!);
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new PrintVersion();
        return root;
    }

    // No shell expands the ~ of '--out=~/runs', nor one in quotes; a folder of that name is what nobody wants.
    private static string AtHome(string argument)
    {
        var value = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        return argument[..value] + HomePath.Expand(argument[value..]);
    }

    private static int Usage(ParseResult parsed)
    {
        foreach (var error in UsageErrors.In(parsed))
            Console.Error.WriteLine($"error: {VisibleText.Message(error)}");
        Console.Error.WriteLine($"'{ExamplesHelp.FullName(parsed.CommandResult.Command)} --help' shows how to use it.");
        return ExitCode.Planning;
    }
}
