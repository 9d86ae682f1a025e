using System.Security.Cryptography;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Specs;

namespace Sat.Hosting.Tests;

[TestClass]
public class DiscoveryTests
{
    [TestMethod]
    public void A_damaged_plugin_among_good_ones_is_a_problem_and_the_others_work()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("a"), "Stranger");
        folder.Write($"b/{PluginManifest.FileName}", "{");
        BuiltPlugin.CopyTo(folder.At("c"), "NeedsPackage");
        Directory.CreateDirectory(folder.At("d"));
        folder.Write("readme.txt", "not a folder");
        var host = PluginHost.Discover([folder.Path, folder.At("missing")]);
        CollectionAssert.AreEqual(
            new[] { "method/label-smoothing", "schedule/written" },
            host.Catalog.Entries.Select(e => e.Schema.Name).ToArray()
        );
        Assert.HasCount(2, host.Problems);
        Assert.StartsWith(folder.At("b", PluginManifest.FileName), host.Problems[0].Message);
        Assert.StartsWith($"{folder.At("d")} is not a plugin", host.Problems[1].Message);
        Assert.IsNotNull(host.CreateSchedule(new ComponentSpec { Id = "written" }));
    }

    [TestMethod]
    public void A_plugin_that_was_named_must_be_one()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith(
            $"{folder.Path} is not a plugin",
            Refused.With(ExitCode.Environment, () => PluginHost.Discover([], [folder.Path]))
        );
    }

    [TestMethod]
    public void A_component_of_two_plugins_is_left_out_with_a_warning_and_refused_only_where_one_was_named()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("a"), "Stranger");
        BuiltPlugin.CopyTo(folder.At("b"), "Stranger");
        BuiltPlugin.ChangeManifest(folder.At("b"), m => m with { Package = "copycat" });
        BuiltPlugin.CopyTo(folder.At("c"), "NeedsPackage");
        var told =
            $"method/label-smoothing is in two plugins, so none of them is used for it: stranger.smoothing ({folder.At("a")}) and copycat ({folder.At("b")}).";

        var host = PluginHost.Discover([folder.Path]);
        Assert.StartsWith(told, host.Problems.Single().Message);
        CollectionAssert.AreEqual(new[] { "schedule/written" }, host.Catalog.Entries.Select(e => e.Schema.Name).ToArray());
        Assert.StartsWith(told, host.Catalog.Unknown(ComponentKind.Method, "label-smoothing"));
        Assert.StartsWith(told, Refused.With(ExitCode.Environment, () => PluginHost.Discover([], [folder.At("a"), folder.At("b")])));
    }

    [TestMethod]
    public void A_build_that_was_named_goes_before_an_earlier_one_that_was_added()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("added/a"), "Stranger");
        BuiltPlugin.CopyTo(folder.At("built"), "Stranger");
        BuiltPlugin.ChangeManifest(folder.At("built"), m => m with { Version = "0.2.0" });

        var host = PluginHost.Discover([folder.At("added")], [folder.At("built")]);

        Assert.IsEmpty(host.Problems);
        Assert.AreEqual("0.2.0", host.Catalog.Find(ComponentKind.Method, "label-smoothing")!.Manifest.Version);
    }

    [TestMethod]
    public void Reading_manifests_loads_no_plugin()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("a"), "Stranger");
        folder.Write("a/Stranger.dll", "damaged");
        Assert.IsNotNull(PluginHost.Discover([folder.Path]).Catalog.Find(ComponentKind.Method, "label-smoothing"));
    }

    [TestMethod]
    public void A_run_of_another_revision_is_refused()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("a"), "Stranger");
        AddComponents(folder.At("b"));
        var host = PluginHost.Discover([folder.Path]);
        host.Require(Spec(revision: 1));
        Assert.AreEqual(
            "the run needs revision 2 of method/label-smoothing, and stranger.smoothing 0.1.0 has revision 1: "
                + "its results would differ, so it would be another run. If another version of stranger.smoothing has it, install that with '--beside', which keeps the one that is here, and name both where the study names its 'plugins'. What comes with the tool has other revisions in other versions of the tool.",
            Refused.With(ExitCode.Planning, () => host.Require(Spec(revision: 2)))
        );
        Assert.StartsWith(
            "unknown method 'label-smothing'. Did you mean 'label-smoothing'?",
            Refused.With(ExitCode.Planning, () =>
                host.Require(Spec(revision: 1) with { Method = new ComponentSpec { Id = "label-smothing" } })
            )
        );
    }

    [TestMethod]
    public void A_run_is_described_by_the_packages_that_it_uses()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.At("a"), "Stranger");
        AddComponents(folder.At("b"));
        BuiltPlugin.CopyTo(folder.At("c"), "NeedsPackage");
        var described = PluginHost.Discover([folder.Path]).Describe(Spec(revision: 1));
        CollectionAssert.AreEqual(new[] { "rest", "stranger.smoothing" }, described.Keys.ToArray());
        var assembly = File.ReadAllBytes(folder.At("a", "Stranger.dll"));
        Assert.AreEqual("0.1.0 sha256:" + Convert.ToHexStringLower(SHA256.HashData(assembly)), described["stranger.smoothing"]);
    }

    private static void AddComponents(string folder)
    {
        BuiltPlugin.CopyTo(folder, "NoPlugin");
        ComponentKind[] kinds =
        [
            ComponentKind.Dataset,
            ComponentKind.Noise,
            ComponentKind.Model,
            ComponentKind.Augmentation,
            ComponentKind.Optimizer,
            ComponentKind.Schedule,
        ];
        var components = kinds
            .Select(kind => new ComponentSchema
            {
                Kind = kind,
                Id = "any",
                Summary = "Any",
            })
            .ToArray();
        BuiltPlugin.ChangeManifest(folder, m => m with { Package = "rest", Components = components });
    }

    /// <summary>A run of the plugin Stranger.</summary>
    internal static RunSpec Smoothing => Spec(revision: 1);

    private static RunSpec Spec(int revision)
    {
        var any = new ComponentSpec { Id = "any" };
        return new RunSpec
        {
            Dataset = any,
            Noise = any,
            Model = any,
            Method = new ComponentSpec { Id = "label-smoothing", Revision = revision },
            Training = new TrainingSpec
            {
                Optimizer = any,
                Schedule = any,
                Augmentation = any,
            },
            Seed = 1,
        };
    }
}
