using System.CommandLine;
using Sat.Records;

namespace Sat.Tool.Commands;

/// <summary><c>completion SHELL</c>: a script that teaches a shell to complete <c>dotnet-sat</c> and <c>dotnet sat</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new ToolCommand(
            "completion",
            "Print a script that completes commands, options, components and settings in a shell. Its first lines say how to load it.",
            "completion bash",
            "completion zsh",
            "completion fish",
            "completion pwsh"
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.Out.Write(InitCommand.Resource($"completion.{parsed.GetValue(shell)}"));
            return ExitCode.Fine;
        });
        return command;
    }
}
