using System.IO.Compression;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Plugins as packages: what the tool makes of good ones, and of those that are not what they say.</summary>
[TestClass]
public sealed class PluginPackageTests
{
    private const string Id = StrangersPackage.Id;

    [TestMethod]
    public async Task A_package_is_installed_listed_replaced_and_removed()
    {
        using var workshop = new Workshop();
        Pack(workshop);
        var install = await workshop.Sat("plugin", "install", "Stranger.Smoothing", "--source", "feed");
        Assert.AreEqual(ExitCode.Fine, install.ExitCode, install.Error);
        Assert.AreEqual($"{Id} 0.1.0: method/label-smoothing\n", install.Out);
        // The licence before the code.
        Assert.Contains("by A. Stranger, licence: MIT", install.Error);
        Assert.Contains($"[{Id} 0.1.0]", (await workshop.Sat("plugin", "list")).Out);
        Assert.Contains("everything is up to date", (await workshop.Sat("plugin", "update", "--source", "feed")).Error);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", Id)).ExitCode);
        Assert.DoesNotContain(Id, (await workshop.Sat("plugin", "list")).Out);
    }

    [TestMethod]
    public async Task A_study_names_its_plugins_and_a_lock_file_their_bytes()
    {
        using var workshop = new Workshop();
        Pack(workshop);
        var study = workshop.WriteStudy("method: [ label-smoothing ]");
        await File.AppendAllTextAsync(study, $"\nplugins: [ {{ id: {Id}, version: 0.1.0 }} ]\n");
        var before = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Planning, before.ExitCode);
        Assert.Contains($"'dotnet sat plugin install {Id} --version 0.1.0' brings it", before.Error);

        var restore = await workshop.Sat("plugin", "restore", "tiny.yaml", "--source", "feed");
        Assert.AreEqual(ExitCode.Fine, restore.ExitCode, restore.Error);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
        Assert.Contains("up to date", (await workshop.Sat("plugin", "restore", "tiny.yaml", "--source", "feed")).Error);

        // The same version with other bytes is another package.
        Pack(workshop, also: archive => StrangersPackage.Write(archive, "plugin/note.txt", "changed"));
        await workshop.Sat("plugin", "remove", Id);
        var changed = await workshop.Sat("plugin", "restore", "tiny.yaml", "--source", "feed");
        Told.InOneSentence(changed, ExitCode.Environment, "is not the package of sat-plugins.lock.json", "SHA-512");
        AssertNothingInstalled(workshop);

        await File.WriteAllTextAsync(
            study,
            (await File.ReadAllTextAsync(study)).Replace("version: 0.1.0", "version: 0.2.0", StringComparison.Ordinal)
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "restore", "tiny.yaml", "--source", "feed"),
            ExitCode.Planning,
            "tiny.yaml:",
            "asks for stranger.smoothing 0.2.0, but sat-plugins.lock.json has stranger.smoothing 0.1.0 for it"
        );
    }

    [TestMethod]
    public async Task A_lock_holds_for_a_version_however_a_study_spells_it()
    {
        using var workshop = new Workshop();
        string? Newer(string manifest) => manifest.Replace("\"version\": \"0.1.0\"", "\"version\": \"0.2.0\"", StringComparison.Ordinal);
        Pack(workshop);
        StrangersPackage.Pack(Path.Combine(workshop.Folder, "feed"), Newer, version: "0.2.0");
        var study = workshop.WriteStudy("method: [ label-smoothing ]");
        var text = await File.ReadAllTextAsync(study);
        async Task<Outcome> Restore(string version)
        {
            await File.WriteAllTextAsync(
                study,
                $"{text}\nplugins: [ {{ id: {Id}, version: {version} }}, {{ id: {Id}, version: 0.2.0 }} ]\n"
            );
            return await workshop.Sat("plugin", "restore", "tiny.yaml", "--source", "feed");
        }

        var first = await Restore("0.1.0");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        Assert.Contains("up to date", (await Restore("0.1")).Error);
        Pack(workshop, also: archive => StrangersPackage.Write(archive, "plugin/note.txt", "changed"));
        var removed = await workshop.Sat("plugin", "remove", Id);
        Assert.Contains($"removed {Id} 0.2.0 and 0.1.0", removed.Error);
        var locked = await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "sat-plugins.lock.json"));
        Told.InOneSentence(await Restore("0.1"), ExitCode.Environment, "is not the package of sat-plugins.lock.json", "SHA-512");
        Assert.AreEqual(locked, await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "sat-plugins.lock.json")));
    }

    [TestMethod]
    public async Task A_run_is_reproduced_with_the_version_that_it_was_made_with()
    {
        using var workshop = new Workshop();
        Pack(workshop);
        StrangersPackage.Pack(
            Path.Combine(workshop.Folder, "feed"),
            m => m.Replace("\"version\": \"0.1.0\"", "\"version\": \"0.2.0\"", StringComparison.Ordinal),
            version: "0.2.0"
        );
        await workshop.Sat("plugin", "install", Id, "--version", "0.1.0", "--source", "feed");
        workshop.WriteStudy("method: [ label-smoothing ]");
        var first = await workshop.Sat("sweep", "tiny.yaml");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        var newer = await workshop.Sat("plugin", "install", Id, "--beside", "--source", "feed");
        Assert.AreEqual($"{Id} 0.2.0: method/label-smoothing\n", newer.Out);

        var id = workshop.Plan("runs/tiny").Runs.Single().Id;
        var again = await workshop.Sat("reproduce", id, "--out", "again");

        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        var record = workshop.Run("again", id).ReadRecord()!;
        Assert.StartsWith("0.1.0", record.Environment!.Plugins[Id]);
    }

    [TestMethod]
    [DataRow("../outside.txt")]
    [DataRow("a/../../outside.txt")]
    [DataRow("/outside.txt")]
    [DataRow("..%2Foutside.txt")]
    [DataRow("a\\..\\..\\outside.txt")]
    public async Task A_path_that_climbs_out_is_refused(string name)
    {
        using var workshop = new Workshop();
        Pack(workshop, also: archive => StrangersPackage.Write(archive, "plugin/" + name, "out"));
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, "is refused", "outside of the plugin's folder");
        AssertNothingInstalled(workshop);
    }

    [TestMethod]
    [DataRow("\"package\": \"stranger.smoothing\"", "\"package\": \"sat.supervised\"", "its manifest is that of the plugin sat.supervised")]
    [DataRow("\"version\": \"0.1.0\"", "\"version\": \"9.0.0\"", "its manifest is that of version 9.0.0")]
    [DataRow("\"contract\": 1", "\"contract\": 7", "was built for contract 7", "Update dotnet-sat")]
    [DataRow("\"id\": \"label-smoothing\"", "\"id\": \"another\"", "does not list the components")]
    public async Task A_manifest_that_lies_is_refused(string from, string to, params string[] parts)
    {
        using var workshop = new Workshop();
        Pack(workshop, manifest: text => text.Replace(from, to, StringComparison.Ordinal));
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, parts);
        AssertNothingInstalled(workshop);
    }

    [TestMethod]
    public async Task Native_libraries_for_other_platforms_alone_are_refused()
    {
        using var workshop = new Workshop();
        Pack(workshop, also: archive => StrangersPackage.Write(archive, "plugin/runtimes/solaris-sparc/native/libfast.so", "native"));
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, "its native libraries are for solaris-sparc, and this is");
        AssertNothingInstalled(workshop);
    }

    [TestMethod]
    public async Task A_package_that_depends_on_others_is_refused()
    {
        using var workshop = new Workshop();
        StrangersPackage.Pack(
            Path.Combine(workshop.Folder, "feed"),
            metadata: $"""<dependencies><group targetFramework="net10.0"><dependency id="{Id}.more" version="1.0.0" /></group></dependencies>"""
        );
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, $"depends on {Id}.more, and a plugin carries all that it needs");
        AssertNothingInstalled(workshop);
    }

    [TestMethod]
    public async Task A_licence_that_is_a_file_is_shown_by_its_first_line()
    {
        using var workshop = new Workshop();
        StrangersPackage.Pack(
            Path.Combine(workshop.Folder, "feed"),
            also: archive => StrangersPackage.Write(archive, "legal/LICENSE.txt", "\n  The Beach Licence 1.0\nShells may be taken.\n"),
            metadata: """<license type="file">legal/LICENSE.txt</license>"""
        );
        var install = await Install(workshop);
        Assert.AreEqual(ExitCode.Fine, install.ExitCode, install.Error);
        Assert.Contains("licence: legal/LICENSE.txt (The Beach Licence 1.0)", install.Error);
    }

    [TestMethod]
    public async Task What_is_no_plugin_is_called_so()
    {
        using var workshop = new Workshop();
        Pack(workshop, type: "Dependency");
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, "is no plugin of dotnet-sat");
        Pack(workshop, manifest: _ => null);
        Told.InOneSentence(await Install(workshop), ExitCode.Environment, "has no plugin/sat-plugin.json");
        Told.InOneSentence(
            await workshop.Sat("plugin", "install", "no-such", "--source", "feed"),
            ExitCode.Environment,
            "no feed has no-such"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "install", Id, "--version", "one", "--source", "feed"),
            ExitCode.Planning,
            "'one' is not a version"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "install", Id, "--version", "2.0.0", "--source", "feed"),
            ExitCode.Environment,
            "no feed has stranger.smoothing 2.0.0, only 0.1.0"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "install", Id, "--source", "http://127.0.0.1:9/index.json"),
            ExitCode.Environment,
            "no feed has stranger.smoothing",
            "did not answer"
        );
        AssertNothingInstalled(workshop);
    }

    [TestMethod]
    public async Task A_package_that_is_refused_leaves_the_installed_version_as_it_was()
    {
        using var workshop = new Workshop();
        Pack(workshop);
        Assert.AreEqual(ExitCode.Fine, (await Install(workshop)).ExitCode);
        var before = Told.Contents(workshop.Home);
        Pack(workshop, manifest: text => text.Replace("\"contract\": 1", "\"contract\": 7", StringComparison.Ordinal));
        Assert.AreEqual(ExitCode.Environment, (await Install(workshop)).ExitCode);
        CollectionAssert.AreEquivalent(before, Told.Contents(workshop.Home));
    }

    private static Task<Outcome> Install(Workshop workshop) => workshop.Sat("plugin", "install", Id, "--source", "feed");

    private static void AssertNothingInstalled(Workshop workshop)
    {
        var plugins = Path.Combine(workshop.Home, "plugins");
        Assert.IsTrue(!Directory.Exists(plugins) || Directory.GetDirectories(plugins).Length == 0);
        Assert.IsEmpty(Directory.GetFiles(workshop.Root, "outside.txt", SearchOption.AllDirectories));
    }

    private static void Pack(
        Workshop workshop,
        Func<string, string?>? manifest = null,
        string type = "DotnetSatPlugin",
        Action<ZipArchive>? also = null
    ) => StrangersPackage.Pack(Path.Combine(workshop.Folder, "feed"), manifest, type, also);
}
