using System.Text.RegularExpressions;

namespace Sat.Architecture.Tests;

/// <summary>What must pass one place passes it: files that others may have put there, and text on its way to a terminal or a
/// spreadsheet.</summary>
[TestClass]
public sealed partial class DoorTests
{
    /// <summary>Files that the system or the tool itself provides.</summary>
    private static readonly string[] OwnFiles =
    [
        "dotnet-sat/Records/Files/RegularFile.cs",
        "dotnet-sat/Records/Runs/LeaseHolder.cs",
        "dotnet-sat/Records/Runs/LeaseFolder.cs",
        "dotnet-sat/Records/Runs/JsonLinesWriter.cs",
        "dotnet-sat/Engine/Conditions/EnergyMeter.cs",
        "dotnet-sat/Engine/Conditions/EnvironmentProbe.cs",
        "dotnet-sat/Backends/BackendStore.cs",
        "dotnet-sat/Backends/SplitLibrary.cs",
        "dotnet-sat/Data/DataLock.cs",
        "dotnet-sat/Hosting/PluginUse.cs",
        "dotnet-sat/Tool/Files/UserFile.cs",
        "dotnet-sat/Tool/Processes/OpenFiles.cs",
        "dotnet-sat/Native/",
        "dotnet-sat/ManifestWriter/",
    ];

    [TestMethod]
    public void Files_are_read_through_the_one_reader_that_refuses_pipes_and_devices() => AssertOnly(OpensFiles(), OwnFiles);

    [TestMethod]
    public void Text_reaches_a_terminal_through_the_one_writer_that_shows_controls() =>
        AssertOnly(
            GoesRound(),
            [
                "dotnet-sat/Tool/Display/StandardStreams.cs",
                "dotnet-sat/Tool/Display/Terminal.cs",
                "dotnet-sat/Tool/Processes/ParentWatch.cs",
                "dotnet-sat/Native/",
                "dotnet-sat/ManifestWriter/",
            ]
        );

    [TestMethod]
    [DataRow("var x = File.ReadAllText(path);")]
    [DataRow("using var f = System.IO.File.OpenRead(path);")]
    [DataRow("new FileStream(path, FileMode.Open, FileAccess.Read)")]
    public void The_scan_sees_what_opens_files(string line) => Assert.IsTrue(OpensFiles().IsMatch(line));

    private static void AssertOnly(Regex door, string[] allowed)
    {
        var found = new[] { "dotnet-sat", "reports", "plugins" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Name: Path.GetRelativePath(House.Root, file).Replace('\\', '/'), Lines: File.ReadAllLines(file)))
            .Where(file => !allowed.Any(a => file.Name.StartsWith(a, StringComparison.Ordinal)))
            .SelectMany(file => file.Lines.Select((text, i) => (At: $"{file.Name}:{i + 1}", text)).Where(l => door.IsMatch(l.text)))
            .Select(l => $"{l.At}: {l.text.Trim()}")
            .ToArray();
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [GeneratedRegex(
        @"(?<![A-Za-z])File\.(OpenRead|OpenText|ReadAll\w+|ReadLines)\(|FileMode\.Open\b(?!OrCreate)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OpensFiles();

    [GeneratedRegex(
        @"OpenStandard(Output|Error|Input)|Styled(Out|Error)|AnsiConsole\.(?!Create\b)|Markup\.Escape",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex GoesRound();
}
