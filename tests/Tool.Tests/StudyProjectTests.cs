using System.Text.RegularExpressions;

namespace Sat.Tool.Tests;

/// <summary>Studies as projects, made of the packages alone: no checkout, an empty folder.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "installations are tried on Linux")]
public sealed partial class StudyProjectTests
{
    private static readonly string[] Names = ["one", "two", "three"];

    [TestMethod]
    public async Task Three_studies_share_a_plugin_and_are_built_swept_tested_and_published()
    {
        using var workshop = await PackedTool.AuthorShop();
        await Prepare(workshop);

        // The manifest names the tool, and nobody has restored it.
        Assert.Contains(
            "error SAT3002: 'dotnet sat' does not start: run 'dotnet tool restore'",
            (await Fails(workshop, "build", "one")).Out
        );
        await PackedTool.Run(workshop, ["dotnet", "tool", "restore"], Path.Combine(workshop.Folder, "one"));

        var first = await PackedTool.DotNet(workshop, "build", "All.slnx", "-v:n", "-tl:off");
        CollectionAssert.AreEquivalent(Names, Planned(first));
        Assert.Contains("\"contentHash\"", await Read(workshop, "one/packages.lock.json"));
        var locks = await Task.WhenAll(Names.Select(n => Read(workshop, $"{n}/{n}.lock.json")));
        Assert.HasCount(3, locks.Distinct().ToArray());

        // By content: a touched file is no change.
        File.SetLastWriteTimeUtc(Path.Combine(workshop.Folder, "one", "one.yaml"), DateTime.UtcNow);
        var second = await PackedTool.DotNet(workshop, "build", "All.slnx", "-v:n", "-tl:off");
        Assert.IsEmpty(Planned(second));
        Assert.AreEqual(3, second.Out.Split("Skipping target \"SatPlan\"").Length - 1);

        workshop.Write("two/two.yaml", Study("two").Replace("small-conv", "small-konv", StringComparison.Ordinal));
        var mistaken = await Fails(workshop, "build", "All.slnx", "-v:n", "-tl:off");
        Assert.MatchesRegex(@"two\.yaml\(4,16\): error SAT2002: unknown model 'small-konv'\. Did you mean 'small-conv'\?", mistaken.Out);
        CollectionAssert.AreEqual(new[] { "two" }, Planned(mistaken), "the others are as they were");
        Assert.AreEqual(locks[1], await Read(workshop, "two/two.lock.json"));
        Assert.Contains("error SAT3005", (await Fails(workshop, "build", "two", "-t:Sweep")).Out);

        Assert.Contains("None of its 2 runs is reported yet", (await PackedTool.DotNet(workshop, "test", "--project", "one")).Out);
        await PackedTool.DotNet(workshop, "build", "one", "-t:Sweep", "-p:SatSweepArguments=--threads 1");
        Assert.IsTrue(File.Exists(Path.Combine(workshop.Folder, "one", "runs", "one", "report.html")));
        var listed = await PackedTool.DotNet(workshop, "test", "--project", "one", "--list-tests");
        foreach (var test in new[] { "plan", "runs", "test-accuracy of method.id=erm is at least 0.00 %" })
            Assert.Contains($"one: {test}", listed.Out);
        // No accuracy is above 1, so one expectation of the study is wrong.
        var tested = await Fails(workshop, "test", "--project", "one");
        Assert.Contains("failed one: test-accuracy of method.id=label-smoothing is at least 100.00 %", tested.Out);
        Assert.Contains("succeeded: 3", tested.Out);
        Assert.Contains("failed: 1", tested.Out);

        await PackedTool.DotNet(workshop, "publish", "one", "-p:PublishDir=out/");
        Assert.IsTrue(File.Exists(Path.Combine(workshop.Folder, "one", "out", "one.zip")));

        // Another tool would plan another run.
        workshop.Write(
            "three/three.lock.json",
            Id().Replace(locks[2], new string('0', 64), 1).Replace("\"tool\": \"", "\"tool\": \"9.", StringComparison.Ordinal)
        );
        Assert.MatchesRegex(
            @"three\.yaml ?: error SAT2002: the plan was locked by dotnet-sat 9\.\S+, and dotnet-sat \S+ plans other runs: install 9\.",
            (await Fails(workshop, "build", "three", "-p:SatLockedMode=true")).Out
        );
        Directory.Delete(Path.Combine(workshop.Folder, "three", "obj"), recursive: true);
        Assert.Contains("error NETSDK1004", (await Fails(workshop, "build", "three", "--no-restore")).Out);
    }

    /// <summary>A plugin in a feed, and three projects of the template that use it.</summary>
    private static async Task Prepare(Workshop workshop)
    {
        await PackedTool.DotNet(workshop, "new", "sat-method", "-o", "LabelSmoothing");
        var packages = Path.Combine(workshop.Folder, "packages");
        await PackedTool.DotNet(workshop, "pack", "LabelSmoothing/src", "-o", packages);
        var tool = (await PackedTool.Get()).Feed;
        var sdk = await PackedTool.SdkFeed();
        workshop.Write(
            "nuget.config",
            $"""<configuration><packageSources><add key="sdk" value="{sdk}" /><add key="tool" value="{tool}" /><add key="plugins" value="{packages}" /></packageSources></configuration>"""
        );
        foreach (var name in Names)
        {
            await PackedTool.DotNet(workshop, "new", "sat-study", "-o", name);
            var project = Directory.GetFiles(Path.Combine(workshop.Folder, name), "*.csproj").Single();
            await File.WriteAllTextAsync(
                project,
                (await File.ReadAllTextAsync(project)).Replace(
                    "</Project>",
                    """<ItemGroup><PackageReference Include="label-smoothing" Version="0.1.0" /></ItemGroup></Project>""",
                    StringComparison.Ordinal
                )
            );
            workshop.Write($"{name}/{name}.yaml", Study(name));
        }
        workshop.Write(
            "All.slnx",
            $"<Solution>{string.Concat(Names.Select(n => $"<Project Path=\"{n}/{Path.GetFileName(Directory.GetFiles(Path.Combine(workshop.Folder, n), "*.csproj").Single())}\" />"))}</Solution>"
        );
        File.Copy(Path.Combine(workshop.Folder, "one", "global.json"), Path.Combine(workshop.Folder, "global.json"));
    }

    private static string Study(string name) =>
        $$"""
            name: {{name}}
            defaults:
              dataset: { id: shapes, train-samples: 64, test-samples: {{32 + Array.IndexOf(Names, name)}} }
              model: { id: small-conv, width: 4 }
              training: { epochs: 1, batch-size: 32 }
            matrix:
              method: [ erm, label-smoothing ]
            expect:
              - { metric: test-accuracy, where: { method.id: erm }, at-least: 0 }
              - { metric: test-accuracy, where: { method.id: label-smoothing }, at-least: 1 }
            """;

    private static async Task<Outcome> Fails(Workshop workshop, params string[] arguments)
    {
        using var process = workshop.Start(["dotnet", .. arguments], workshop.Folder);
        var outcome = await Workshop.End(process);
        Assert.AreNotEqual(0, outcome.ExitCode, outcome.Out);
        return outcome;
    }

    private static Task<string> Read(Workshop workshop, string file) => File.ReadAllTextAsync(Path.Combine(workshop.Folder, file));

    /// <summary>The studies that a build had the tool plan.</summary>
    private static string[] Planned(Outcome build) => [.. Plans().Matches(build.Out).Select(m => m.Groups["study"].Value).Distinct()];

    [GeneratedRegex("dotnet sat plan \"[^\"]*/(?<study>[a-z]+)\\.yaml\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plans();

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
