using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What the shells are told; <see cref="ShellTests"/> try the shells themselves.</summary>
[TestClass]
public sealed class CompletionTests
{
    [TestMethod]
    [DataRow("", "demo init plan sweep run report plugin doctor completion")]
    [DataRow("sw", "sweep")]
    [DataRow("sweep --pre", "--precision --preset")]
    [DataRow("sweep a.yaml --preset ", "dry small smoke paper")]
    [DataRow("sweep a.yaml --preset s", "small smoke")]
    [DataRow("sweep --preset=s", "--preset=small --preset=smoke")]
    [DataRow("run --method ", "erm sat sat-sce")]
    [DataRow("run --dataset c", "cifar10 cifar100")]
    [DataRow("run --device ", "auto cpu cuda")]
    [DataRow("plugin ", "list show add remove")]
    [DataRow("plugin show method/", "method/erm method/sat method/sat-sce")]
    [DataRow("report x --gate d", "direction")]
    [DataRow("completion ", "bash zsh fish pwsh")]
    [DataRow("sweep a.yaml --set method.al", "method.alpha=")]
    [DataRow("sweep a.yaml --set training.e", "training.epochs= training.evaluate-every=")]
    [DataRow("sweep a.yaml --set=training.opt", "--set=training.optimizer= --set=training.optimizer.lr=")]
    [DataRow("sweep a.yaml --set method=s", "method=sat method=sat-sce")]
    [DataRow("sweep a.yaml --set deterministic=", "deterministic=true deterministic=false")]
    [DataRow("sweep a.yaml --set seed=1 --set training.schedule.p", "training.schedule.per=")]
    [DataRow("doctor ", "--json --help")]
    [DataRow("backend use ", "cpu cuda")]
    public async Task The_last_word_is_completed(string line, string expected)
    {
        using var workshop = new Workshop();
        var (part, candidates) = await Complete(workshop, line);
        Assert.AreEqual("nothing", part);
        foreach (var word in expected.Split(' '))
            Assert.Contains(word, candidates);
        var last = line.Split(' ')[^1];
        Assert.IsTrue(candidates.All(c => c.StartsWith(last, StringComparison.Ordinal)), string.Join(' ', candidates));
    }

    [TestMethod]
    [DataRow("sweep ", "files")]
    [DataRow("plan --json ", "files")]
    [DataRow("run --spec ", "files")]
    [DataRow("sweep a.yaml --set dataset.path=/data/", "files")]
    [DataRow("report ", "folders")]
    [DataRow("sweep a.yaml --out ", "folders")]
    [DataRow("sweep a.yaml --threads ", "nothing")]
    [DataRow("frobnicate ", "nothing")]
    [DataRow("sweep a.yaml --frobnicate=", "nothing")]
    [DataRow("init --force -- --x", "files")]
    public async Task Files_and_folders_are_left_to_the_shell(string line, string expected)
    {
        using var workshop = new Workshop();
        Assert.AreEqual(expected, (await Complete(workshop, line)).Part);
    }

    [TestMethod]
    public async Task Neither_hidden_commands_nor_an_option_a_second_time_are_offered()
    {
        using var workshop = new Workshop();
        var (_, commands) = await Complete(workshop, "");
        Assert.DoesNotContain("worker", commands);
        Assert.DoesNotContain("complete", commands);
        var (_, options) = await Complete(workshop, "sweep a.yaml --preset dry --set seed=1 --");
        Assert.DoesNotContain("--preset", options);
        Assert.Contains("--set", options, "it may be repeated");
    }

    /// <summary>Whatever is read of a plugin, it is not its assembly.</summary>
    [TestMethod]
    public async Task A_plugin_is_completed_from_its_manifest_though_its_assembly_is_rubbish()
    {
        using var workshop = new Workshop();
        var plugin = Path.Combine(workshop.Home, "plugins", "stranger.smoothing");
        Directory.CreateDirectory(plugin);
        File.Copy(Path.Combine(Places.Bin("Stranger"), "sat-plugin.json"), Path.Combine(plugin, "sat-plugin.json"));
        await File.WriteAllTextAsync(Path.Combine(plugin, "Stranger.dll"), "no assembly");

        CollectionAssert.AreEqual(new[] { "label-smoothing" }, (await Complete(workshop, "run --method label")).Candidates);
        CollectionAssert.AreEqual(new[] { "method.smoothing=" }, (await Complete(workshop, "sweep a.yaml --set method.smo")).Candidates);
        CollectionAssert.AreEqual(new[] { "stranger.smoothing" }, (await Complete(workshop, "plugin remove ")).Candidates);
    }

    [TestMethod]
    public async Task A_plugin_for_one_call_is_completed_in_that_call()
    {
        using var workshop = new Workshop();
        Assert.IsEmpty((await Complete(workshop, "run --method label")).Candidates);
        CollectionAssert.AreEqual(
            new[] { "label-smoothing" },
            (await Complete(workshop, $"run --plugin {Places.Bin("Stranger")} --method label")).Candidates
        );
    }

    [TestMethod]
    public async Task Damaged_plugins_print_nothing_into_the_command_line()
    {
        using var workshop = new Workshop();
        var plugins = Path.Combine(workshop.Home, "plugins");
        foreach (
            var (name, manifest) in new[]
            {
                ("cut-off", """{"schema":1,"pack"""),
                (
                    "twice",
                    await File.ReadAllTextAsync(Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.supervised", "sat-plugin.json"))
                ),
            }
        )
        {
            Directory.CreateDirectory(Path.Combine(plugins, name));
            await File.WriteAllTextAsync(Path.Combine(plugins, name, "sat-plugin.json"), manifest);
        }
        Assert.AreEqual("nothing", (await Complete(workshop, "run --method ")).Part);
        Assert.Contains("sweep", (await Complete(workshop, "")).Candidates);
    }

    private static async Task<(string Part, string[] Candidates)> Complete(Workshop workshop, string line)
    {
        var outcome = await workshop.Sat(["complete", "--", .. line.Split(' ')]);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode);
        Assert.AreEqual("", outcome.Error);
        var lines = outcome.Out.TrimEnd('\n').Split('\n');
        return (lines[0], [.. lines.Skip(1).Select(l => l.Split('\t')[0])]);
    }
}
