using System.Text;
using System.Text.RegularExpressions;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What every command says of itself, against a file that a person has read. SAT_UPDATE_VERIFIED=1 rewrites it.</summary>
[TestClass]
public sealed partial class HelpTests
{
    private const int TerminalColumns = 80;

    private static string VerifiedFile => Path.Combine(Places.Repository, "tests", "Tool.Tests", "Verified", "help.txt");

    [TestMethod]
    public async Task Help_of_every_command_is_the_verified_text_and_fits_a_terminal()
    {
        using var workshop = new Workshop();
        workshop.Variables["LANG"] = workshop.Variables["LC_ALL"] = "C.UTF-8";
        var (text, examples) = (new StringBuilder(), new StringBuilder());
        var commands = new List<string> { "" };
        // By index: each help names the commands beneath it, which come right behind.
        for (var i = 0; i < commands.Count; i++)
        {
            var help = await Help(workshop, commands[i]);
            text.Append("$ dotnet sat ")
                .Append(commands[i].Length == 0 ? "" : commands[i] + " ")
                .Append("--help\n")
                .Append(help)
                .Append('\n');
            examples
                .Append(
                    help.Split("\nExamples:\n") is [_, var shown]
                        ? shown.Split("\n\n")[0]
                        : throw new AssertFailedException($"{commands[i]} has no examples")
                )
                .Append('\n');
            commands.InsertRange(i + 1, Subcommands(help).Select(name => $"{commands[i]} {name}".Trim()));
        }
        Assert.IsGreaterThan(30, commands.Count, "commands were not found");
        var lines = text.ToString().Split('\n');
        foreach (var line in lines)
            Assert.IsLessThanOrEqualTo(TerminalColumns, line.Length, line);
        foreach (var option in OptionText().Split(text.ToString()))
            Assert.IsLessThanOrEqualTo(2, option.Split("[default: ").Length, $"one option, several defaults: {option}");
        await Shell.RequireParsed(examples.ToString());

        Verified.Check("Tool.Tests", "help.txt", text.ToString());
    }

    /// <summary>Of the commands whose options have numbers and times for defaults.</summary>
    [TestMethod]
    [DataRow("sweep")]
    [DataRow("data get")]
    [DataRow("runs compare")]
    public async Task Help_is_the_same_wherever_the_user_lives(string command)
    {
        using var workshop = new Workshop();
        workshop.Variables["LANG"] = workshop.Variables["LC_ALL"] = "de_DE.UTF-8";
        var verified = await File.ReadAllTextAsync(VerifiedFile);
        Assert.Contains($"$ dotnet sat {command} --help\n{await Help(workshop, command)}\n", verified);
    }

    private static async Task<string> Help(Workshop workshop, string command)
    {
        var help = await workshop.Sat([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.AreEqual((ExitCode.Fine, ""), (help.ExitCode, help.Error), command);
        return help.Out;
    }

    private static IEnumerable<string> Subcommands(string help) =>
        help.Split("\nCommands:\n") is [_, var list] ? Subcommand().Matches(list.Split("\n\n")[0]).Select(m => m.Groups["name"].Value) : [];

    /// <summary>A name in the first column; descriptions that go on stand further right.</summary>
    [GeneratedRegex("^  (?<name>[a-z]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subcommand();

    [GeneratedRegex("^  (?=[-<])", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OptionText();
}
