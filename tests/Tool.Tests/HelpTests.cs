using System.Text;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What every command says of itself, against a file that a person has read. SAT_UPDATE_VERIFIED=1 rewrites it.</summary>
[TestClass]
public sealed class HelpTests
{
    private static readonly string[] Commands =
    [
        "", "init", "plan", "sweep", "run", "report", "reproduce", "demo", "doctor", "completion", "backend", "backend install", "backend use", "plugin", "plugin show", "data", "data get", "runs", "runs list", "runs compare",
    ];

    private static string VerifiedFile => Path.Combine(Places.Repository, "tests", "Tool.Tests", "Verified", "help.txt");

    [TestMethod]
    [DataRow("C.UTF-8")]
    [DataRow("de_DE.UTF-8")]
    public async Task Help_is_the_verified_text_wherever_the_user_lives(string language)
    {
        using var workshop = new Workshop();
        workshop.Variables["LANG"] = workshop.Variables["LC_ALL"] = language;
        var text = new StringBuilder();
        foreach (var command in Commands)
        {
            var help = await workshop.Sat([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.AreEqual((ExitCode.Fine, ""), (help.ExitCode, help.Error), command);
            text.Append("$ dotnet sat ").Append(command.Length == 0 ? "" : command + " ").Append("--help\n").Append(help.Out).Append('\n');
        }
        // One option has one default.
        foreach (var shown in text.ToString().Split('\n'))
            Assert.IsLessThanOrEqualTo(2, shown.Split("[default: ").Length, shown);
        if (Environment.GetEnvironmentVariable("SAT_UPDATE_VERIFIED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(VerifiedFile)!);
            await File.WriteAllTextAsync(VerifiedFile, text.ToString());
            return;
        }
        var (expected, actual) = ((await File.ReadAllTextAsync(VerifiedFile)).Split('\n'), text.ToString().Split('\n'));
        var line = Enumerable.Range(0, Math.Max(expected.Length, actual.Length)).FirstOrDefault(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i), -1);
        Assert.AreEqual(-1, line, $"line {line + 1} of {VerifiedFile} differs (SAT_UPDATE_VERIFIED=1 rewrites the file):\n- {expected.ElementAtOrDefault(line)}\n+ {actual.ElementAtOrDefault(line)}");
    }
}
