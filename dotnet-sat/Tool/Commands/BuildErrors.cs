using System.CommandLine;
using System.Globalization;
using Sat.Records;

namespace Sat.Tool.Commands;

/// <summary>Errors as compilers print them, for build tools and editors: <c>FILE(LINE,COLUMN): error CODE: text</c>.</summary>
internal static class BuildErrors
{
    public static Option<bool> Option() =>
        new("--build-errors") { Description = "Print errors as compilers do, FILE(LINE,COLUMN): error CODE: TEXT, for build tools" };

    /// <summary>A command's action that prints its errors so where the option is given.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Or(
        Option<bool> option,
        Func<ParseResult, CancellationToken, Task<int>> action
    ) =>
        async (parsed, stop) =>
        {
            try
            {
                return await action(parsed, stop);
            }
            catch (SatException e) when (parsed.GetValue(option))
            {
                foreach (var problem in e.Problems)
                    await Console.Error.WriteLineAsync(Text(problem, e.ExitCode));
                return e.ExitCode;
            }
        };

    /// <summary>A problem in one line. The last digit of its code is the exit code.</summary>
    public static string Text(Problem problem, int exitCode)
    {
        var text = string.Join(' ', VisibleText.Message(problem.Message).Split('\n', StringSplitOptions.TrimEntries));
        // A file that has lines; '--set' is none.
        var place = problem.At switch
        {
            { Line: { } line, Column: { } column } at => string.Create(CultureInfo.InvariantCulture, $"{at.File}({line},{column}): "),
            { Line: { } line } at => string.Create(CultureInfo.InvariantCulture, $"{at.File}({line}): "),
            { } at => $"{at.File}: ",
            null => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{place}error SAT200{exitCode}: {text}");
    }
}
