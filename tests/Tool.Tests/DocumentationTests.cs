using System.Text.RegularExpressions;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Every command that the documentation shows is run, in the order in which its page shows them.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    /// <summary>What most pages begin with, made once.</summary>
    private static Workshop _begun = null!;

    [ClassInitialize]
    public static async Task Begin(TestContext context)
    {
        _begun = new Workshop();
        await _begun.Sat("init", "label-noise.yaml");
        var sweep = await _begun.Sat("sweep", "label-noise.yaml", "--preset", "dry", "--threads", "1", "--jobs", "2");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
    }

    [ClassCleanup]
    public static void CleanUp() => _begun.Dispose();

    [TestMethod]
    [DataRow("README.md")]
    [DataRow("docs/first-run.md")]
    [DataRow("docs/studies.md")]
    [DataRow("docs/reports.md")]
    [DataRow("docs/plugins.md")]
    [DataRow("docs/runs.md")]
    [DataRow("docs/data.md")]
    public async Task Every_command_of_the_page_works(string page)
    {
        using var workshop = new Workshop();
        // What the pages take for granted: a study of that name that was swept, photos, and a plugin that was published.
        Folders.Copy(_begun.Folder, workshop.Folder);
        workshop.WritePhotos(50);
        if (page.EndsWith("plugins.md", StringComparison.Ordinal))
            await PrepareAuthor(workshop);
        var archive = await File.ReadAllBytesAsync(Path.Combine(Places.Bin("Pebbles"), "pebbles.tar.gz"));
        using var server = new StandIn(asked => Answer.File(asked, archive));
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(Places.Repository, page)));
        Assert.IsNotEmpty(commands, $"{page} shows no command");

        foreach (var command in commands)
        {
            var words = Words(command);
            // The demo has a test of its own; the runs of others are cut to one step, which changes nothing of the command.
            if (words[0] == "demo")
                continue;
            if (words[0] == "init")
                File.Delete(Path.Combine(workshop.Folder, words.ElementAtOrDefault(1) ?? "study.yaml"));
            if (words[0] is "sweep" or "plan")
                words = [.. words, "--preset", "dry"];
            if (words[0] == "run")
                words = [.. words, "--set", "training.samples=64"];
            if (words is ["data", "verify", ..])
                words = [.. words, "--plugin", Places.Bin("Pebbles")];
            if (words is ["data", "get" or "import", ..])
                words = OnSmallData(words, server);
            // The page's plugin is the stranger's here, whose package has another name.
            if (words is ["plugin", "install" or "remove", "label-smoothing", ..])
                words[2] = StrangersPackage.Id;
            var outcome = await workshop.Sat([.. words]);
            var gate = words.Contains("--gate");
            Assert.IsTrue(
                outcome.ExitCode == ExitCode.Fine || (gate && outcome.ExitCode == ExitCode.GateNotMet),
                $"{command}\n{outcome.Error}"
            );
        }
    }

    [TestMethod]
    public void Links_of_the_documentation_lead_somewhere()
    {
        foreach (
            var page in Directory
                .GetFiles(Path.Combine(Places.Repository, "docs"), "*.md", SearchOption.AllDirectories)
                .Append(Path.Combine(Places.Repository, "README.md"))
        )
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = link.Groups["target"].Value.Split('#')[0];
                if (target.Contains("://", StringComparison.Ordinal))
                    continue;
                var file = target.Length > 0 ? Path.Combine(Path.GetDirectoryName(page)!, target) : page;
                Assert.IsTrue(Path.Exists(file), $"{page} links to {target}");
                if (link.Groups["target"].Value.Split('#') is [_, var anchor])
                    Assert.Contains(anchor, Anchors(file), $"{page} links to #{anchor}");
            }
        }
    }

    /// <summary>The anchors that headings have on the web: lower case, blanks as hyphens, without punctuation.</summary>
    private static IEnumerable<string> Anchors(string page) =>
        File.ReadLines(page)
            .Where(l => l.StartsWith('#'))
            .Select(l =>
                string.Concat(l.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
                    .Replace(' ', '-')
            );

    /// <summary>The same command on a dataset that a server of this machine has, in place of the one that takes the network and its
    /// time.</summary>
    private static List<string> OnSmallData(List<string> words, StandIn server)
    {
        Assert.StartsWith("cifar10", words[2]);
        string[] plugin = ["--plugin", Places.Bin("Pebbles")];
        if (words[1] == "import")
            return ["data", "import", "pebbles", Path.Combine(Places.Bin("Pebbles"), "pebbles.tar.gz"), .. words.Skip(4), .. plugin];
        var mirror = words.IndexOf("--mirror");
        if (mirror < 0)
            return ["data", "get", "pebbles", .. words.Skip(3), "--mirror", server.Address, .. plugin];
        words[mirror + 1] = server.Address;
        return ["data", "get", "pebbles", .. words.Skip(3), .. plugin];
    }

    /// <summary>Lines of code blocks that begin with <c>dotnet sat</c>, without their comments.</summary>
    private static List<string> Commands(string text) =>
        [
            .. text.Replace("\\\n", "", StringComparison.Ordinal)
                .Split('\n')
                .Select(l => CommandLine().Match(l))
                .Where(m => m.Success)
                .Select(m => m.Groups["command"].Value.Trim()),
        ];

    private static List<string> Words(string command) =>
        [.. Word().Matches(command).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value)];

    /// <summary>What the page's own commands of <c>dotnet</c> leave: a method that is installed, its study, its package. They are run by
    /// <see cref="AuthorTests"/>.</summary>
    private static async Task PrepareAuthor(Workshop workshop)
    {
        var publish = Path.Combine(workshop.Folder, "publish");
        await Publish("Stranger", publish);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "add", publish)).ExitCode);
        StrangersPackage.Pack(Path.Combine(workshop.Folder, "packages"));
        var study = Path.Combine(Places.Repository, "dotnet-sat", "Packages", "Templates", "content", "sat-method", "study.yaml");
        workshop.Write(
            "study.yaml",
            (await File.ReadAllTextAsync(study)).Replace("my-method", "label-smoothing", StringComparison.Ordinal)
        );
    }

    /// <summary>Publishes a plugin of the repository as its author does.</summary>
    private static async Task Publish(string plugin, string folder)
    {
        using var workshop = new Workshop();
        string[] command =
        [
            "dotnet",
            "publish",
            Path.Combine(Places.Repository, "tests", "Plugins", plugin),
            "--no-build",
            "--configuration",
            Places.Configuration,
            "--output",
            folder,
        ];
        using var process = workshop.Start(command, Places.Repository);
        var outcome = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Out + outcome.Error);
    }

    [GeneratedRegex(@"^(    )?dotnet sat (?<command>[a-z][^#]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"'(?<quoted>[^']*)'|[^\s']+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
