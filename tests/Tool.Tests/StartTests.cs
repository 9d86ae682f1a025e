using System.Text;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What is loaded by commands that people call many times a day, as the runtime's own trace of its loader tells.</summary>
[TestClass]
public sealed class StartTests
{
    /// <summary>None of these is needed to tell what the tool can do, and each takes its time.</summary>
    private static readonly string[] Heavy =
    [
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.DependencyInjection",
        "McMaster.NETCore.Plugins",
        "Sat.Hosting",
        "Sat.Engine",
        "TorchSharp",
        "YamlDotNet",
        "Scriban.Signed",
        "Spectre.Console",
        "System.Text.Json",
    ];

    [TestMethod]
    [DataRow("--help")]
    [DataRow("--version")]
    [DataRow("sweep --help")]
    [DataRow("plan --help")]
    [DataRow("plugin show --help")]
    [DataRow("completion bash")]
    [DataRow("complete -- sweep --")]
    [DataRow("complete -- sweep a.yaml --preset ")]
    public async Task Help_version_and_completion_load_no_host_no_plugin_and_no_YAML(string command)
    {
        using var workshop = new Workshop();
        var loaded = await Loaded(workshop, command.Split(' '));
        Assert.Contains("System.CommandLine", loaded);
        Assert.IsEmpty(Heavy.Intersect(loaded), string.Join(", ", loaded));
    }

    [TestMethod]
    public async Task Completion_of_components_reads_manifests_and_loads_no_plugin()
    {
        using var workshop = new Workshop();
        var loaded = await Loaded(workshop, "complete", "--", "run", "--method", "");
        Assert.Contains("Sat.Hosting", loaded);
        Assert.IsEmpty(
            loaded.Where(l => l is "McMaster.NETCore.Plugins" or "Microsoft.Extensions.Hosting" || Plugins.Contains(l)),
            string.Join(", ", loaded)
        );
    }

    [TestMethod]
    public async Task Planning_loads_what_it_needs_which_the_trace_shows()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var loaded = await Loaded(workshop, "plan", "tiny.yaml");
        Assert.Contains("YamlDotNet", loaded);
        Assert.Contains("Microsoft.Extensions.Hosting", loaded);
        Assert.IsEmpty(Plugins.Intersect(loaded), string.Join(", ", loaded));
    }

    private static string[] Plugins { get; } =
    [
        .. Directory
            .GetFiles(Path.Combine(Places.Bin("dotnet-sat"), "plugins"), "Sat.*.dll", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)),
    ];

    /// <summary>The names of the assemblies that a call loads.</summary>
    private static async Task<string[]> Loaded(Workshop workshop, params string[] arguments)
    {
        var trace = Path.Combine(workshop.Folder, "loader.nettrace");
        workshop.Variables["DOTNET_EnableEventPipe"] = "1";
        // The runtime's provider, its loader's events alone, at the level of information.
        workshop.Variables["DOTNET_EventPipeConfig"] = "Microsoft-Windows-DotNETRuntime:0x8:4";
        workshop.Variables["DOTNET_EventPipeOutputPath"] = trace;
        var outcome = await workshop.Sat(arguments);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        // Module events hold paths in UTF-16, ended by a zero; they may begin at odd places.
        var bytes = await File.ReadAllBytesAsync(trace);
        return
        [
            .. new[] { bytes, bytes[1..] }
                .SelectMany(b => Encoding.Unicode.GetString(b).Split('\0'))
                .Where(text => text.EndsWith(".dll", StringComparison.Ordinal) && text.Contains('/'))
                .Select(text => Path.GetFileNameWithoutExtension(text))
                .Distinct(),
        ];
    }
}
