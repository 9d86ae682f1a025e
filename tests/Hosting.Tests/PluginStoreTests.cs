using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Specs;

namespace Sat.Hosting.Tests;

[TestClass]
public class PluginStoreTests
{
    [TestMethod]
    public void An_added_plugin_is_found_and_a_removed_one_is_gone()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var store = new PluginStore(home);
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        Assert.AreEqual("stranger.smoothing", store.Add(folder.At("built")).Manifest.Package);
        var entry = PluginHost.Discover([home.Plugins]).Catalog.Named("label-smoothing");
        Assert.AreEqual(folder.At("home", "plugins", "stranger.smoothing"), entry.Folder);
        store.Remove("stranger.smoothing");
        Assert.IsEmpty(PluginHost.Discover([home.Plugins]).Catalog.Entries);
        Assert.IsEmpty(Directory.GetFileSystemEntries(home.Plugins));
    }

    [TestMethod]
    public void A_plugin_can_be_named_by_its_assembly()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        new PluginStore(home).Add(folder.At("built", "Stranger.dll"));
        Assert.HasCount(1, PluginHost.Discover([home.Plugins]).Catalog.Entries);
    }

    [TestMethod]
    public void An_older_version_is_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var store = new PluginStore(home);
        BuiltPlugin.CopyTo(folder.At("old"), "NeedsPackage");
        folder.Write("old/data/old.txt", "left over");
        store.Add(folder.At("old"));
        Assert.IsTrue(File.Exists(Path.Combine(home.Plugins, "stranger.needs-package", "data", "old.txt")));
        BuiltPlugin.CopyTo(folder.At("new"), "NeedsPackage");
        BuiltPlugin.ChangeManifest(folder.At("new"), m => m with { Version = "0.2.0" });
        store.Add(folder.At("new"));
        Assert.AreEqual("0.2.0", PluginHost.Discover([home.Plugins]).Catalog.Named("written").Manifest.Version);
        Assert.IsFalse(Directory.Exists(Path.Combine(home.Plugins, "stranger.needs-package", "data")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(home.Plugins));
    }

    [TestMethod]
    public void A_version_may_be_kept_beside_another_and_be_removed_alone()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var store = new PluginStore(home);
        foreach (var version in new[] { "0.1.0", "0.2.0", "0.3.0" })
        {
            BuiltPlugin.CopyTo(folder.At(version), "NeedsPackage");
            BuiltPlugin.ChangeManifest(folder.At(version), m => m with { Version = version });
        }
        foreach (var version in new[] { "0.1.0", "0.2.0" })
            store.Add(folder.At(version), PluginHost.Discover([home.Plugins]).Catalog, beside: true);
        string[] Versions() =>
            PluginHost.Discover([home.Plugins]) is { Catalog: var catalog, Problems: [] }
                ? [.. catalog.Entries.Concat(catalog.Earlier).Where(e => e.Schema.Id == "written").Select(e => e.Manifest.Version)]
                : [];

        CollectionAssert.AreEqual(new[] { "0.2.0", "0.1.0" }, Versions());
        Assert.Contains(
            "no plugin 'stranger.needs-package@0.3.0' was added",
            Refused.With(ExitCode.Planning, () => store.Remove("stranger.needs-package@0.3.0"))
        );

        Assert.AreEqual("stranger.needs-package 0.2.0: schedule/written; replaces 0.2.0", store.Add(folder.At("0.2.0")).ToString());
        CollectionAssert.AreEqual(new[] { "0.2.0", "0.1.0" }, Versions(), "another build of a version takes its place alone");
        CollectionAssert.AreEqual(new[] { "0.2.0" }, store.Add(folder.At("0.3.0")).Replaced.ToArray());
        CollectionAssert.AreEqual(new[] { "0.3.0", "0.1.0" }, Versions(), "without 'beside' the newest is replaced, in whichever folder");
        store.Add(folder.At("0.1.0"));
        CollectionAssert.AreEqual(new[] { "0.3.0", "0.1.0" }, Versions(), "a version that is there takes its own place");
        store.Add(folder.At("0.2.0"));
        CollectionAssert.AreEqual(new[] { "0.2.0", "0.1.0" }, Versions(), "by an older one too");
        CollectionAssert.AreEqual(new[] { "0.2.0" }, store.Remove("stranger.needs-package@0.2").ToArray());
        Assert.IsEmpty(store.Add(folder.At("0.2.0"), beside: true).Replaced);
        var catalog = PluginHost.Discover([home.Plugins]).Catalog;
        Assert.AreEqual("0.1.0", catalog.Named("written@0.1").Manifest.Version);
        Assert.AreEqual("0.2.0", catalog.Named("schedule/written").Manifest.Version);
        Assert.AreEqual(
            "schedule/written of version 0.3.0 is not installed: here is 0.2.0 and 0.1.0.",
            Refused.With(ExitCode.Planning, () => catalog.Named("written@0.3.0"))
        );
        store.Remove("stranger.needs-package@0.2.0");
        CollectionAssert.AreEqual(new[] { "0.1.0" }, Versions());
        store.Add(folder.At("0.2.0"), beside: true);
        store.Remove("stranger.needs-package");
        Assert.IsEmpty(Directory.GetFileSystemEntries(home.Plugins));
    }

    [TestMethod]
    public void Of_a_package_whose_version_is_wanted_the_others_are_not_used()
    {
        using var folder = new TemporaryFolder();
        foreach (var version in new[] { "0.1.0", "0.2.0" })
        {
            var at = folder.At("plugins", "stranger.needs-package@" + version);
            BuiltPlugin.CopyTo(at, "NeedsPackage");
            BuiltPlugin.ChangeManifest(at, m => m with { Version = version });
        }
        string Found(params PluginVersion[] wanted) =>
            PluginHost.Discover([folder.At("plugins")], versions: wanted).Catalog.Named("written").Manifest.Version;

        Assert.AreEqual("0.2.0", Found());
        Assert.AreEqual("0.1.0", Found(new PluginVersion("Stranger.Needs-Package", "0.1")));
        Assert.AreEqual("0.2.0", Found(new PluginVersion("stranger.needs-package", "0.1.0"), new("stranger.needs-package", "0.2.0")));
        Assert.AreEqual("0.2.0", Found(new PluginVersion("stranger.needs-package", "0.7.0")), "whoever plans says that it is missing");
        Assert.AreEqual(
            "0.2.0",
            Found(new PluginVersion("stranger.needs-package", "0.1.0"), new("stranger.needs-package", "0.7.0")),
            "and what is there besides"
        );
    }

    [TestMethod]
    public void A_copy_that_was_cut_off_is_no_plugin_and_does_not_stand_in_the_way()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        BuiltPlugin.CopyTo(folder.At("home", "plugins", ".stranger.smoothing"), "Stranger");
        var host = PluginHost.Discover([home.Plugins]);
        Assert.IsEmpty(host.Catalog.Entries);
        Assert.IsEmpty(host.Problems);
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        new PluginStore(home).Add(folder.At("built"));
        Assert.HasCount(1, PluginHost.Discover([home.Plugins]).Catalog.Entries);
    }

    [TestMethod]
    [DataRow("ThrowsInRegister", "the stars are wrong")]
    [DataRow("NoPlugin", "must have one public class")]
    public void What_does_not_load_is_not_added(string project, string reason)
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        BuiltPlugin.CopyTo(folder.At("built"), project);
        Assert.Contains(reason, Refused.With(ExitCode.Environment, () => new PluginStore(home).Add(folder.At("built"))));
        Assert.IsFalse(Directory.Exists(home.Plugins));
    }

    [TestMethod]
    public void A_manifest_that_disagrees_with_its_plugin_is_not_added()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        BuiltPlugin.ChangeManifest(folder.At("built"), m => m with { Components = [m.Components[0] with { Options = [] }] });
        Assert.AreEqual(
            $"{folder.At("built", PluginManifest.FileName)} does not list the components that Stranger.dll registers: build the plugin again.",
            Refused.With(ExitCode.Environment, () => new PluginStore(new SatHome(folder.At("home"))).Add(folder.At("built")))
        );
    }

    [TestMethod]
    public void A_folder_that_is_not_there_or_is_no_plugin_is_told_so()
    {
        using var folder = new TemporaryFolder();
        var store = new PluginStore(new SatHome(folder.At("home")));
        Assert.StartsWith(
            $"there is no folder {folder.At("nowhere")}: give the folder",
            Refused.With(ExitCode.Environment, () => store.Add(folder.At("nowhere")))
        );
        Assert.StartsWith($"{folder.Path} is not a plugin", Refused.With(ExitCode.Environment, () => store.Add(folder.Path)));
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("..")]
    [DataRow(".hidden")]
    [DataRow("a/b")]
    [DataRow("a\\b")]
    [DataRow("")]
    public void A_package_id_cannot_lead_out_of_the_store(string package)
    {
        using var folder = new TemporaryFolder();
        folder.Write("home/x/file", "precious");
        var store = new PluginStore(new SatHome(folder.At("home")));
        Assert.Contains("is not a package id", Refused.With(ExitCode.Planning, () => store.Remove(package)));
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        BuiltPlugin.ChangeManifest(folder.At("built"), m => m with { Package = package });
        Assert.Contains("is not a package id", Refused.With(ExitCode.Environment, () => store.Add(folder.At("built"))));
        Assert.IsTrue(File.Exists(folder.At("home", "x", "file")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.At("home")));
    }

    [TestMethod]
    [DataRow("1.0/../../../out")]
    [DataRow("..\\out")]
    [DataRow("1.0\0")]
    [DataRow("")]
    public void A_version_that_would_lead_out_of_the_folder_is_none(string version)
    {
        using var folder = new TemporaryFolder();
        var store = new PluginStore(new SatHome(folder.At("home")));
        BuiltPlugin.CopyTo(folder.At("built"), "NeedsPackage");
        store.Add(folder.At("built"));
        BuiltPlugin.ChangeManifest(folder.At("built"), m => m with { Version = version });
        Assert.Contains("is not a version", Refused.With(ExitCode.Environment, () => store.Add(folder.At("built"), beside: true)));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.At("home", "plugins")));
        Assert.HasCount(2, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void Removing_what_was_not_added_names_the_nearest()
    {
        using var folder = new TemporaryFolder();
        var store = new PluginStore(new SatHome(folder.At("home")));
        Assert.AreEqual(
            "no plugin 'stranger.smothing' was added. Only the built-in ones are there, and they stay.",
            Refused.With(ExitCode.Planning, () => store.Remove("stranger.smothing"))
        );
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        store.Add(folder.At("built"));
        Assert.AreEqual(
            "no plugin 'stranger.smothing' was added. Did you mean 'stranger.smoothing'? Added: stranger.smoothing.",
            Refused.With(ExitCode.Planning, () => store.Remove("stranger.smothing"))
        );
    }

    [TestMethod]
    public void A_store_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("home", "");
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        Assert.StartsWith(
            "cannot install into ",
            Refused.With(ExitCode.Environment, () => new PluginStore(new SatHome(folder.At("home"))).Add(folder.At("built")))
        );
    }

    [TestMethod]
    public void A_plugin_in_use_is_neither_removed_nor_replaced()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var store = new PluginStore(home);
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        store.Add(folder.At("built"));
        var host = PluginHost.Discover([home.Plugins]);
        var request = new RunRequest(DiscoveryTests.Smoothing, new Dictionary<string, string>());
        using (host.Use([request]))
        {
            using var again = host.Use([request]);
            Assert.AreEqual(
                "the plugin stranger.smoothing is in use by runs in progress, so it was not removed: wait until they end, or stop them",
                Refused.With(ExitCode.Environment, () => store.Remove("stranger.smoothing"))
            );
            Assert.Contains("so it was not replaced", Refused.With(ExitCode.Environment, () => store.Add(folder.At("built"))));
            Assert.IsNotNull(PluginHost.Discover([home.Plugins]).Catalog.Named("label-smoothing"));
        }
        store.Add(folder.At("built"));
        store.Remove("stranger.smoothing");
        Assert.Contains("a plugin is being replaced or was removed", Refused.With(ExitCode.Environment, () => host.Use([request])));
    }

    [TestMethod]
    public void A_plugin_that_only_brings_a_sink_is_in_use_while_runs_write_to_it()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var store = new PluginStore(home);
        BuiltPlugin.CopyTo(folder.At("built"), "Ledger");
        store.Add(folder.At("built"));
        var host = PluginHost.Discover([home.Plugins]);
        var sink = host.Catalog.Ids(ComponentKind.Sink).First();
        var request = new RunRequest(DiscoveryTests.Smoothing, new Dictionary<string, string>())
        {
            Sinks = [new ComponentSpec { Id = sink }],
        };
        using (host.Use([request]))
            Assert.Contains("is in use by runs in progress", Refused.With(ExitCode.Environment, () => store.Remove("stranger.ledger")));
        store.Remove("stranger.ledger");
    }

    [TestMethod]
    public void A_plugin_that_was_built_against_a_newer_TorchSharp_is_not_added()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        References.Change(folder.At("built", "Stranger.dll"), "TorchSharp", 7);
        var message = Refused.With(ExitCode.Environment, () => new PluginStore(home).Add(folder.At("built")));
        Assert.StartsWith($"{folder.At("built", "Stranger.dll")} was built against TorchSharp 7.", message);
        Assert.Contains("build the plugin against the TorchSharp that comes with Sat.Sdk, or update dotnet-sat", message);
        Assert.IsFalse(Directory.Exists(home.Plugins));
    }

    [TestMethod]
    [Timeout(60_000)]
    [OSCondition(
        ConditionMode.Exclude,
        OperatingSystems.Windows,
        IgnoreMessage = "Windows needs a right to make links, and has no pipes among its files"
    )]
    [DataRow("a link out", "is a link that leads out of it")]
    [DataRow("a dangling link", "is a link that leads out of it")]
    [DataRow("a link to a folder", "is a link to a folder")]
    [DataRow("a link round", "is a link to a folder")]
    [DataRow("a pipe", "is a named pipe, not a regular file")]
    [DataRow("a device", "is a link that leads out of it")]
    public void A_folder_that_brings_other_files_along_is_not_taken(string fault, string why)
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var built = BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        folder.Write("secret", "precious");
        var odd = Path.Combine(built, "odd");
        switch (fault)
        {
            case "a link out":
                File.CreateSymbolicLink(odd, folder.At("secret"));
                break;
            case "a dangling link":
                File.CreateSymbolicLink(odd, "nowhere");
                break;
            case "a link to a folder":
                Directory.CreateSymbolicLink(odd, folder.Path);
                break;
            case "a link round":
                Directory.CreateSymbolicLink(odd, ".");
                break;
            case "a device":
                File.CreateSymbolicLink(odd, "/dev/zero");
                break;
            default:
                System.Diagnostics.Process.Start("mkfifo", [odd])!.WaitForExit();
                Assert.Contains(why, Refused.With(ExitCode.Environment, () => PluginAssembly.Load(built, PluginManifest.Read(built))));
                break;
        }
        Assert.Contains(why, Refused.With(ExitCode.Environment, () => new PluginStore(home).Add(built)));
        Assert.IsFalse(Directory.Exists(home.Plugins));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows needs a right to make links")]
    public void A_link_within_the_folder_is_copied_as_the_file_that_it_names()
    {
        using var folder = new TemporaryFolder();
        var home = new SatHome(folder.At("home"));
        var built = BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        File.WriteAllText(Path.Combine(built, "data.txt"), "1");
        File.CreateSymbolicLink(Path.Combine(built, "alias.txt"), "data.txt");
        new PluginStore(home).Add(built);
        var copy = new FileInfo(Path.Combine(home.Plugins, "stranger.smoothing", "alias.txt"));
        Assert.AreEqual("1", File.ReadAllText(copy.FullName));
        Assert.IsNull(copy.LinkTarget);
    }
}
