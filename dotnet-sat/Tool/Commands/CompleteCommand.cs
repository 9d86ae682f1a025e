using System.CommandLine;
using Sat.Records;
using Sat.Tool.Completion;
using Sat.Tool.Display;

namespace Sat.Tool.Commands;

/// <summary>
/// <c>complete -- WORD...</c>: what the last word can become. The scripts of <c>completion</c> ask it at each tab; not for people.
/// The first line says what the shell adds of its own (<c>nothing</c>, <c>files</c>, <c>folders</c>), each other is a
/// candidate, a tab, and what it is.
/// </summary>
internal static class CompleteCommand
{
    public static Command Create(RootCommand root)
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Print what the last word can become.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            CompletionAnswer answer;
            try
            {
                answer = Completer.Complete(root, parsed.GetValue(words)!);
            }
#pragma warning disable CA1031 // In the middle of somebody's command line nothing is worth an error.
            catch (Exception)
#pragma warning restore CA1031
            {
                answer = new CompletionAnswer(ShellPart.Files, []);
            }
            using var output = Terminal.BufferedOut();
            output.Write(answer.Part.ToString().ToLowerInvariant() + "\n");
            foreach (var (text, about) in answer.Candidates)
                output.Write($"{text}\t{about}\n");
            return ExitCode.Fine;
        });
        return command;
    }
}
