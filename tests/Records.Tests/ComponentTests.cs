using Sat.Records.Components;
using Sat.Records.Json;

namespace Sat.Records.Tests;

[TestClass]
public class ComponentTests
{
    private static readonly ComponentCatalog Catalog = new([
        Entry(ComponentKind.Method, "sat", "sat.supervised"),
        Entry(ComponentKind.Method, "erm", "sat.supervised"),
        Entry(ComponentKind.Noise, "none", "sat.noise"),
        Entry(ComponentKind.Augmentation, "none", "sat.training"),
    ]);

    [TestMethod]
    public void A_component_is_called_by_kind_and_id_or_by_its_id_where_that_is_unique()
    {
        Assert.AreEqual("method/sat", Catalog.Named("sat").Schema.Name);
        Assert.AreEqual("noise/none", Catalog.Named("noise/none").Schema.Name);
        Assert.AreEqual(
            "'none' is noise/none and augmentation/none: name one of these.",
            Refused.With(ExitCode.Planning, () => Catalog.Named("none"))
        );
    }

    [TestMethod]
    public void An_unknown_component_is_told_with_what_is_near_and_what_there_is()
    {
        Assert.AreEqual(
            "unknown component 'stat'. Did you mean 'sat'? 'dotnet sat plugin list' shows all.",
            Refused.With(ExitCode.Planning, () => Catalog.Named("stat"))
        );
        Assert.AreEqual(
            "unknown method 'stat'. Did you mean 'sat'? There are erm, sat. 'dotnet sat plugin list' shows all, 'dotnet sat plugin search' those that feeds have.",
            Catalog.Unknown(ComponentKind.Method, "stat")
        );
        Assert.AreEqual(
            "unknown model 'stat'. No installed plugin has a model. 'dotnet sat plugin list' shows all, 'dotnet sat plugin search' those that feeds have.",
            Catalog.Unknown(ComponentKind.Model, "stat")
        );
    }

    [TestMethod]
    public void A_component_of_two_packages_is_left_out_and_whoever_asks_for_it_hears_of_both()
    {
        var catalog = new ComponentCatalog([
            Entry(ComponentKind.Method, "sat", "sat.supervised"),
            Entry(ComponentKind.Method, "erm", "sat.supervised"),
            Entry(ComponentKind.Method, "sat", "mine"),
        ]);
        CollectionAssert.AreEqual(new[] { "method/erm" }, catalog.Entries.Select(e => e.Schema.Name).ToArray());
        Assert.IsNull(catalog.Find(ComponentKind.Method, "sat"));
        const string told =
            "method/sat is in two plugins, so none of them is used for it: sat.supervised (/plugins/sat.supervised) and mine (/plugins/mine). Leave one out: 'dotnet sat plugin remove PACKAGE' removes one that was added.";
        Assert.AreEqual(told, ComponentCatalog.Told(catalog.Clashes.Single()));
        Assert.AreEqual(told, catalog.Unknown(ComponentKind.Method, "sat"));
        Assert.AreEqual(told, Refused.With(ExitCode.Planning, () => catalog.Named("sat")));
    }

    [TestMethod]
    public void Of_versions_side_by_side_the_id_means_the_newest_and_a_revision_the_newest_that_has_it()
    {
        var catalog = new ComponentCatalog([
            Version("0.9.0", revision: 1),
            Version("0.10.0", revision: 2),
            Version("0.10.0-rc.1", revision: 1),
        ]);
        Assert.IsEmpty(catalog.Clashes);
        Assert.AreEqual("0.10.0", catalog.Find(ComponentKind.Method, "sat")!.Manifest.Version);
        Assert.AreEqual("0.10.0-rc.1", catalog.Find(ComponentKind.Method, "sat", 1)!.Manifest.Version);
        Assert.IsNull(catalog.Find(ComponentKind.Method, "sat", 3));
        Assert.HasCount(1, catalog.Entries);
        CollectionAssert.AreEqual(new[] { "0.10.0-rc.1", "0.9.0" }, catalog.Earlier.Select(e => e.Manifest.Version).ToArray());
    }

    [TestMethod]
    public void Two_builds_of_one_version_clash_and_so_does_another_package_beside_two_versions()
    {
        Assert.HasCount(1, new ComponentCatalog([Version("1.0.0", revision: 1), Version("1.0.0", revision: 2)]).Clashes);
        Assert.HasCount(
            1,
            new ComponentCatalog([Version("1.0.0", 1), Version("2.0.0", 2), Entry(ComponentKind.Method, "sat", "mine")]).Clashes
        );
    }

    /// <summary>The example of semantic versioning 2.0, section 11, with numbers that texts would order otherwise.</summary>
    [TestMethod]
    public void Versions_are_in_the_order_of_semantic_versioning()
    {
        string[] ordered =
        [
            "0.2.0",
            "0.10.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.0.1",
            "2.1.1",
        ];
        foreach (var (i, one) in ordered.Index())
        {
            foreach (var (j, other) in ordered.Index())
                Assert.AreEqual(i.CompareTo(j), Math.Sign(VersionOrder.Ascending.Compare(one, other)), $"{one} and {other}");
        }
        Assert.AreEqual(0, VersionOrder.Ascending.Compare("1.0", "1.0.0+build.5"));
    }

    private static CatalogEntry Version(string version, int revision)
    {
        var entry = Entry(ComponentKind.Method, "sat", "sat.supervised");
        return entry with { Schema = entry.Schema with { Revision = revision }, Manifest = entry.Manifest with { Version = version } };
    }

    [TestMethod]
    public void Components_are_listed_by_kind_and_id() =>
        CollectionAssert.AreEqual(
            new[] { "noise/none", "augmentation/none", "method/erm", "method/sat" },
            Catalog.Entries.Select(e => e.Schema.Name).ToArray()
        );

    [TestMethod]
    public void A_manifest_reads_back()
    {
        using var folder = new TemporaryFolder();
        var manifest = Catalog.Named("sat").Manifest with
        {
            Components = [Catalog.Named("sat").Schema with { Paper = "arXiv 2002.10319", Options = [] }],
        };
        folder.Write(PluginManifest.FileName, SatJson.WriteIndented(manifest));
        Assert.AreEqual(SatJson.Write(manifest), SatJson.Write(PluginManifest.Read(folder.Path)));
    }

    [TestMethod]
    public void A_folder_without_a_manifest_is_no_plugin()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(
            $"{folder.Path} is not a plugin: it has no sat-plugin.json. Build the plugin against Sat.Sdk, which writes it.",
            Refused.With(ExitCode.Environment, () => PluginManifest.Read(folder.Path))
        );
        Assert.Contains("is not a plugin", Refused.With(ExitCode.Environment, () => PluginManifest.Read(folder.At("nowhere"))));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("{ \"package\": ")]
    [DataRow("""{ "package": "p", "version": "1", "assembly": "p.dll", "contract": "one", "components": [] }""")]
    [DataRow("""{ "package": "p", "version": "1", "assembly": "p.dll", "contract": 1, "components": null }""")]
    [DataRow("""{ "package": null, "version": "1", "assembly": "p.dll", "contract": 1, "components": [] }""")]
    [DataRow(
        """{ "package": "p", "version": "1", "assembly": "p.dll", "contract": 1, "components": [ { "kind": "sorcery", "id": "x", "summary": "y" } ] }"""
    )]
    [DataRow("""{ "package": "p", "version": "1", "assembly": "../elsewhere/p.dll", "contract": 1, "components": [] }""")]
    [DataRow("""{ "package": "p", "version": "1", "assembly": "", "contract": 1, "components": [] }""")]
    public void A_damaged_manifest_is_named_with_what_to_do(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write(PluginManifest.FileName, text);
        var message = Refused.With(ExitCode.Environment, () => PluginManifest.Read(folder.Path));
        Assert.StartsWith(folder.At(PluginManifest.FileName), message);
        Assert.Contains(": the file is damaged: ", message);
        Assert.DoesNotContain("Sat.Records", message, "types are a developer's matter");
        Assert.DoesNotContain("LineNumber", message);
        Assert.EndsWith("Build or install the plugin again.", message);
    }

    [TestMethod]
    [DataRow("1", true)]
    [DataRow("0.1.0", true)]
    [DataRow("2026.11.30.4", true)]
    [DataRow("1.0.0-preview.2+a1b2", true)]
    [DataRow("", false)]
    [DataRow("v0.3.0", false)]
    [DataRow("1..", false)]
    [DataRow("1.0.0-", false)]
    [DataRow("1.0.0+", false)]
    [DataRow("1.2.3.4.5", false)]
    [DataRow("99999999999.0.0", false)]
    [DataRow("../../x", false)]
    [DataRow("1.0.0\n", false)]
    public void A_version_is_what_orders_among_others(string text, bool isOne)
    {
        Assert.AreEqual(isOne, PluginManifest.IsVersion(text));
    }

    private static CatalogEntry Entry(ComponentKind kind, string id, string package) =>
        new(
            new ComponentSchema
            {
                Kind = kind,
                Id = id,
                Summary = "One",
            },
            new PluginManifest
            {
                Package = package,
                Version = "1.0.0",
                Assembly = package + ".dll",
                Contract = 1,
                Components = [],
            },
            "/plugins/" + package
        );
}
