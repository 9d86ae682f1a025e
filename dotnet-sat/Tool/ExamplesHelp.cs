using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sat.Tool;

/// <summary>A command with examples, which its help shows.</summary>
internal sealed class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Help with examples; for the tool itself also with the exit codes.</summary>
internal sealed class ExamplesHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0    fine
          1    unexpected: a defect of the tool
          2    found while planning: usage, study file, unknown component or option
          3    some run failed or diverged
          4    a gate was not met
          5    environment: libtorch, device, data, output folder, a plugin that does not load
          130  interrupted (Ctrl-C)
          143  terminated (SIGTERM)
        """;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
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
                output.WriteLine($"  dotnet sat {example}");
            output.WriteLine();
        }
        if (command is RootCommand)
            output.WriteLine(ExitCodes);
        return 0;
    }

    /// <summary>What one types to call a command.</summary>
    public static string FullName(Command command) =>
        command is RootCommand ? "dotnet sat" : $"{(command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? FullName(parent) : "dotnet sat")} {command.Name}";
}

/// <summary>The version with its commit.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ToolInfo.Version);
        return 0;
    }
}
