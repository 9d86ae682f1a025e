using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sat.Tool.Display;

namespace Sat.Tool.Commands;

/// <summary>Help in lines of 80 columns with examples to paste into a shell; for the tool itself also with the exit codes.</summary>
internal sealed class ExamplesHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>What a terminal has unless its user made it wider, and what a pager or a file is read in.</summary>
    private const int MostColumns = 80;

    private const string ExitCodes = """
        Exit codes:
          0    success
          1    unexpected: a defect of the tool
          2    usage, study file, unknown component or option, settings that do not
               fit the data
          3    a run failed or diverged
          4    a gate was not met
          5    environment: libtorch, device, data, output folder, unusable plugin
          130  interrupted (Ctrl-C)
          143  terminated (SIGTERM)
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.Write(Standard(parseResult));
        var command = parseResult.CommandResult.Command;
        string[] examples = command switch
        {
            ToolCommand tool => [.. tool.Examples],
            RootCommand => ["demo", "init label-noise.yaml", "sweep label-noise.yaml --jobs 2 --threads 1", "report runs/label-noise"],
            _ => [],
        };
        if (examples.Length > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine(Pasted($"  dotnet sat {example}"));
            output.WriteLine();
        }
        if (command is RootCommand)
            output.WriteLine(ExitCodes);
        return 0;
    }

    /// <summary>The library's help, which calls the tool by the name of its file: <c>dotnet-sat</c> where one types <c>dotnet
    /// sat</c>.</summary>
    private string Standard(ParseResult parseResult)
    {
        help.MaxWidth = Math.Min(TerminalSize.OutColumns ?? MostColumns, MostColumns);
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        configuration.Output = text;
        try
        {
            help.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }
        var indent = output.NewLine + "  ";
        var lines = string.Join(output.NewLine, text.ToString().Split(output.NewLine).Select(l => l.TrimEnd()))
            .Replace($"{indent}{parseResult.RootCommandResult.Command.Name} ", $"{indent}dotnet sat ", StringComparison.Ordinal);
        var command = parseResult.CommandResult.Command;
        foreach (var argument in Optional(command))
            lines = lines.Replace($"[<{argument}>]", $"[{argument}]", StringComparison.Ordinal);
        // The library shows the arguments of commands beneath this one as if each had to be given.
        foreach (var sub in command.Subcommands)
        {
            foreach (var argument in Optional(sub))
                lines = lines.Replace($"{indent}{sub.Name} <{argument}>", $"{indent}{sub.Name} [{argument}]", StringComparison.Ordinal);
        }
        return lines;
    }

    /// <summary>The arguments that a command does not need.</summary>
    private static IEnumerable<string> Optional(Command command) =>
        command.Arguments.Where(a => a.Arity.MinimumNumberOfValues == 0 || a.HasDefaultValue).Select(a => a.HelpName ?? a.Name);

    /// <summary>A command as a shell takes it, continued before an option where it is longer than a line.</summary>
    private static string Pasted(string example)
    {
        const string continued = " \\",
            next = "    ";
        var lines = new List<string>();
        var line = "";
        foreach (var part in example.Split(" --").Select((p, i) => i == 0 ? p : " --" + p))
        {
            if (line.Length + part.Length + continued.Length > MostColumns)
            {
                lines.Add(line + continued);
                line = next + part.TrimStart();
            }
            else
            {
                line += part;
            }
        }
        return string.Join(Environment.NewLine, [.. lines, line]);
    }

    /// <summary>What one types to call a command.</summary>
    public static string FullName(Command command) =>
        command is RootCommand
            ? "dotnet sat"
            : $"{(command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? FullName(parent) : "dotnet sat")} {command.Name}";
}
