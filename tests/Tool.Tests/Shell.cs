using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Sat.Tool.Tests;

/// <summary>A shell into which someone pastes the commands that a text shows.</summary>
internal static partial class Shell
{
    /// <summary>Requires that a shell hands each <c>dotnet sat</c> of a text to the tool as it stands: nothing redirected, no pattern
    /// matched against files.</summary>
    public static async Task RequireParsed(string text)
    {
        var folder = Directory.CreateTempSubdirectory("sat-shell-");
        try
        {
            var commands = Command().Matches(text).Select(m => m.Value.Trim()).ToArray();
            Assert.IsNotEmpty(commands);
            // A pattern without a file is an error here; a user may have the file.
            var script = string.Join('\n', ["set -e", "shopt -s failglob", "dotnet() { :; }", .. commands]);
            using var bash = Process.Start(
                new ProcessStartInfo("bash", ["-c", script])
                {
                    WorkingDirectory = folder.FullName,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var outcome = await Workshop.End(bash);
            Assert.AreEqual((0, "", ""), (outcome.ExitCode, outcome.Out, outcome.Error));
            Assert.IsEmpty(folder.GetFileSystemInfos(), "a command redirects its output");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The words of a command, as a shell splits it: what quotes hold is one.</summary>
    public static string[] Words(string command) =>
        [.. Word().Matches(command).Select(m => string.Concat(m.Groups["part"].Captures.Select(c => c.Value)))];

    [GeneratedRegex(
        @"(?:'(?<part>[^']*)'|""(?<part>[^""]*)""|(?<part>[^\s'""]+))+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Word();

    /// <summary>A line that begins with the command, and those that a backslash continues it on; an answer to <c>--help</c> is headed by
    /// one behind a prompt, which is none.</summary>
    [GeneratedRegex(@"^ *dotnet sat [a-z].*(?:(?<=\\)\n.*)*", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();
}
