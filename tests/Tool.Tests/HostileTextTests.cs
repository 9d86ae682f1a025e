using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Names and texts that strangers chose, wherever they come from, steer neither a terminal nor what reads the output.</summary>
[TestClass]
public sealed partial class HostileTextTests
{
    private const string Evil = "\u001b]0;PWNED\u0007\u001b[31m \u009b2J cat\u202egnp.exe\u2066";
    private const string Shown = @"\u001b]0;PWNED\u0007\u001b[31m";

    [TestMethod]
    public async Task Nothing_that_a_terminal_obeys_comes_out_of_any_command()
    {
        using var workshop = new Workshop();
        var yaml = string.Concat(Evil.Select(c => $"\\u{(int)c:x4}"));
        workshop.Write("key.yaml", $"name: x\n\"{yaml}\": 1\n");
        workshop.Write("id.yaml", Study($"\"{yaml}\""));
        workshop.Write("path.yaml", Study($"{{ id: image-folder, path: \"/nowhere/{yaml}\" }}"));
        workshop.Write("lines.yaml", Study("\"x\\nerror: all is lost\""));
        var plugin = Plugin(workshop);
        string[][] commands =
        [
            ["plan", "key.yaml"],
            ["plan", "id.yaml"],
            ["plan", "path.yaml"],
            ["plan", Evil + ".yaml"],
            ["plan", "id.yaml", "--set", "method=" + Evil],
            [Evil],
            ["plan", "--" + Evil],
            ["runs", "list", "--in", Evil],
            ["runs", "show", Evil],
            ["report", Evil],
            ["data", "import", "cifar10", Evil],
            ["data", "get", "cifar10", "--mirror", Evil],
            ["plugin", "add", Evil],
            ["plugin", "list", "--plugin", plugin],
            ["plugin", "list", "--json", "--plugin", plugin],
            ["plugin", "show", "noise/symmetric-evil", "--plugin", plugin],
            ["plugin", "list", "--plugin", Plugin(workshop, version: Evil)],
        ];
        var outcomes = await Task.WhenAll(
            commands
                .Chunk(4)
                .Select(async some =>
                {
                    var ended = new List<(string[] Command, Outcome Outcome)>();
                    foreach (var command in some)
                        ended.Add((command, await workshop.Sat(command)));
                    return ended;
                })
        );
        foreach (var (command, outcome) in outcomes.SelectMany(o => o))
        {
            var all = outcome.Out + outcome.Error;
            Assert.IsFalse(all.Any(VisibleText.IsHidden), $"{command[0]} {command[^1]}: {all}");
            Assert.Contains(Shown, all.Replace(@"\u001B", @"\u001b", StringComparison.Ordinal), string.Join(' ', command));
            Assert.DoesNotContain("defect of the tool", all);
        }
        var catalog = JsonNode
            .Parse(outcomes.SelectMany(o => o).Single(o => o.Command is ["plugin", "list", "--json", ..]).Outcome.Out)!
            .AsArray();
        Assert.IsTrue(catalog.Any(e => (string)e!["component"]!["summary"]! == Evil), "data is what it was");

        var lines = await workshop.Sat("plan", "lines.yaml");
        Assert.IsFalse(lines.Error.Split('\n').Contains("error: all is lost"), lines.Error);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "terminals are made with Linux's programs")]
    public async Task On_a_terminal_the_tools_own_styling_passes_and_that_of_texts_does_not()
    {
        using var workshop = new Workshop();
        var plugin = Plugin(workshop);
        using var list = new Typewriter(workshop, 200, "plugin", "list", "--plugin", plugin);
        var (exitCode, shown) = await list.End();
        Assert.AreEqual(ExitCode.Fine, exitCode, shown);
        AssertOwnStyling(shown);
        Assert.Contains(Shown, shown);

        workshop.WriteStudy("method: [ { id: faulty, fault: [terminal] } ]");
        using var sweep = new Typewriter(workshop, 200, "sweep", "tiny.yaml", "--threads", "1", "--plugin", Places.Bin("Faulty"));
        (exitCode, shown) = await sweep.End();
        Assert.AreEqual(ExitCode.RunFailed, exitCode, shown);
        AssertOwnStyling(shown);
        Assert.Contains(@"\u001b]0;PWNED\u0007", shown);
        Assert.Contains("\u001b[", shown, "bars are drawn");
    }

    private static void AssertOwnStyling(string shown)
    {
        var plain = Styling().Replace(shown, "").Replace("\r", "", StringComparison.Ordinal);
        Assert.IsFalse(plain.Any(VisibleText.IsHidden), plain);
    }

    private static string Study(string dataset) =>
        $"name: x\ndefaults: {{ dataset: {dataset}, model: small-conv, method: erm, training: {{ epochs: 1, batch-size: 32 }} }}\n";

    /// <summary>A plugin's folder as a stranger may hand it over: only its manifest is read by what lists it.</summary>
    private static string Plugin(Workshop workshop, string version = "1.0.0")
    {
        var folder = Path.Combine(workshop.Folder, version == Evil ? "evil-version" : "evil");
        Directory.CreateDirectory(folder);
        var own = Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.noise");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(own, "sat-plugin.json")))!;
        var component = manifest["components"]!.AsArray().First(c => (string)c!["id"]! == "symmetric")!.DeepClone();
        (component["id"], component["summary"], component["paper"]) = ("symmetric-evil", Evil, Evil);
        (manifest["package"], manifest["version"], manifest["components"]) = ("evil", version, new JsonArray(component));
        File.WriteAllText(Path.Combine(folder, "sat-plugin.json"), manifest.ToJsonString());
        return folder;
    }

    /// <summary>Colours, cursor movements and erasures, and the modes of cursor and keys.</summary>
    [GeneratedRegex("\u001b(=|\\[\\??[0-9;]*[A-Za-z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Styling();
}
