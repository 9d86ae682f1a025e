using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Sat.Records;

namespace Sat.Tool.Commands;

/// <summary>What is wrong with a command line, each slip in one sentence: the parser tells of one in several, and in its own
/// terms.</summary>
internal static partial class UsageErrors
{
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var unknown = Unknown(parsed).ToArray();
        // Whatever else the parser misses may be what was misspelt.
        return unknown.Length > 0 ? unknown : [.. parsed.Errors.Select(Text).Distinct(), .. Empty(parsed)];
    }

    /// <summary>Options and arguments that were given nothing, as an unset variable of a shell does: <c>plan "$STUDY"</c>.</summary>
    public static IReadOnlyList<string> Empty(ParseResult parsed) =>
        parsed.CommandResult.Command.Hidden
            ? []
            :
            [
                .. parsed
                    .CommandResult.Children.Where(c => c.Tokens.Any(t => t.Value.Length == 0))
                    .Select(c => $"{Name(c)} is empty: give a value, or leave it out."),
            ];

    private static string Name(SymbolResult result) =>
        result switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => "an argument",
        };

    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var commands = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToArray();
        var isValue = false;
        foreach (var token in parsed.UnmatchedTokens)
        {
            var isOption = token.StartsWith('-');
            if (isOption)
                yield return $"unknown option '{token}'.{NearestName.Hint(token, command.Options.Select(o => o.Name))}";
            else if (isValue)
                // That of the unknown option before it.
                isValue = false;
            else if (commands.Length == 0)
                yield return $"unexpected argument '{token}': '{command.Name}' takes {Taken(command)}.";
            else
            {
                yield return $"unknown command '{token}'.{NearestName.Hint(token, commands)}";
                // What follows is that command's.
                yield break;
            }
            isValue = isOption;
        }
    }

    /// <summary>The arguments of a command, in words.</summary>
    private static string Taken(Command command) =>
        command.Arguments.Where(a => !a.Hidden).Select(a => a.HelpName ?? a.Name).ToArray() is { Length: > 0 } arguments
            ? $"only {string.Join(" and ", arguments)}"
            : "no arguments, only options";

    private static string Text(ParseError error)
    {
        if (error.SymbolResult is OptionResult { Option.Name: var name } && Among().Match(error.Message) is { Success: true } among)
        {
            string[] values = [.. among.Groups["value"].Captures.Select(c => c.Value)];
            return $"{name} is '{among.Groups["given"].Value}': it takes {string.Join(", ", values)}.{NearestName.Hint(among.Groups["given"].Value, values)}";
        }
        return Lines().Replace(error.Message, " ");
    }

    [GeneratedRegex(
        @"^Argument '(?<given>[^']*)' not recognized. Must be one of:(\s*'(?<value>[^']*)')+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Among();

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Lines();
}
