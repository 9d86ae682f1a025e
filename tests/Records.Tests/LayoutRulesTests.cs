using Sat.Records.Data;

namespace Sat.Records.Tests;

[TestClass]
public class LayoutRulesTests
{
    private static readonly DataSource Source = new()
    {
        Name = "stones.tar.gz",
        Address = "https://beach.example/stones.tar.gz",
        Bytes = 1,
        Sha256 = new('0', 64),
    };

    private static readonly DataLayout Layout = new()
    {
        Folder = "stones-bin",
        Files = ["a.bin", "sub/b.bin"],
        Sources = [Source],
        Obtain = "Collect them.",
    };

    [TestMethod]
    public void A_layout_that_keeps_the_rules_serves()
    {
        Assert.IsEmpty(LayoutRules.Broken(Layout));
        Assert.IsEmpty(LayoutRules.Broken(Layout with { Sources = [] }));
        Assert.IsEmpty(
            LayoutRules.Broken(Layout with { Sources = [Source with { Address = null, Bytes = null, Sha256 = null, Md5 = new('f', 32) }] })
        );
        Assert.IsEmpty(
            LayoutRules.Broken(
                Layout with
                {
                    Folder = "",
                    Sources = [Source with { Files = ["sub/b.bin"] }, Source with { Name = "a.bin", Format = DataFormat.File }],
                }
            )
        );
    }

    [TestMethod]
    [DataRow("../a.bin")]
    [DataRow("/etc/a.bin")]
    [DataRow("sub/../../a.bin")]
    [DataRow("sub//a.bin")]
    [DataRow(@"..\a.bin")]
    [DataRow(@"C:\a.bin")]
    [DataRow("C:a.bin")]
    [DataRow(".")]
    [DataRow("")]
    [DataRow("a\nb.bin")]
    public void No_name_leads_out_of_the_folder(string name)
    {
        Assert.Contains("is not a relative path", LayoutRules.Broken(Layout with { Files = [name], Sources = [] }).Single());
        if (name.Length > 0)
            Assert.Contains("is not a relative path", LayoutRules.Broken(Layout with { Folder = name }).Single());
        Assert.IsNotEmpty(LayoutRules.Broken(Layout with { Sources = [Source with { Name = name }] }));
        var unpacked = new UnpackedFiles { Selection = FileSelection.All };
        if (name.Length > 0)
            Assert.Contains(
                "is not a relative path",
                LayoutRules.Broken(Layout with { Unpacked = unpacked with { Folder = name } }).Single()
            );
        Assert.IsEmpty(LayoutRules.Broken(Layout with { Unpacked = unpacked }));
    }

    [TestMethod]
    public void What_could_not_be_checked_or_found_is_told()
    {
        Assert.Contains("has no checksum", LayoutRules.Broken(Layout with { Sources = [Source with { Sha256 = null }] }).Single());
        Assert.Contains("which is not 64", LayoutRules.Broken(Layout with { Sources = [Source with { Sha256 = new('A', 64) }] }).Single());
        Assert.Contains("which is not 32", LayoutRules.Broken(Layout with { Sources = [Source with { Md5 = "12" }] }).Single());
        Assert.Contains("not above 0", LayoutRules.Broken(Layout with { Sources = [Source with { Bytes = 0 }] }).Single());
        Assert.Contains(
            "neither http nor https",
            LayoutRules.Broken(Layout with { Sources = [Source with { Address = "file:///etc/passwd" }] }).Single()
        );
        Assert.Contains(
            "neither http nor https",
            LayoutRules.Broken(Layout with { Sources = [Source with { Address = "beach.example/x" }] }).Single()
        );
        Assert.Contains("'sub/b.bin' is listed twice", LayoutRules.Broken(Layout with { Files = [.. Layout.Files, "sub/b.bin"] }).Single());
        Assert.Contains(
            "sub/b.bin comes from no source",
            LayoutRules.Broken(Layout with { Sources = [Source with { Files = ["a.bin"] }] }).Single()
        );
        Assert.Contains(
            "contains 'c.bin', which is not among",
            LayoutRules.Broken(Layout with { Sources = [Source with { Files = [.. Layout.Files, "c.bin"] }] }).Single()
        );
        Assert.Contains("is listed twice", LayoutRules.Broken(Layout with { Sources = [Source, Source] }).Single());
        Assert.Contains(
            "is not a SHA-256",
            LayoutRules
                .Broken(Layout with { Variants = [new DataVariant("v", "", new Dictionary<string, string> { ["a.bin"] = "x" })] })
                .Single()
        );
    }

    [TestMethod]
    public void Each_file_is_made_of_one_file_of_another_version_that_is_read()
    {
        var whole = new OtherVersion
        {
            Name = "the Python version",
            Folder = "stones-py",
            Files = ["stones"],
            Makes = Layout.Files.ToDictionary(name => name, _ => new PickledRows { File = "stones", Columns = ["data"] }),
        };
        IEnumerable<string> Broken(OtherVersion other) => LayoutRules.Broken(Layout with { Others = [other] });
        Dictionary<string, PickledRows> With(string name, PickledRows rows) => new(whole.Makes) { [name] = rows };

        Assert.IsEmpty(Broken(whole));
        Assert.IsEmpty(Broken(whole with { Makes = new Dictionary<string, PickledRows>() }), "it is not read");
        Assert.Contains(
            "does not say how 'sub/b.bin' is made",
            Broken(whole with { Makes = new Dictionary<string, PickledRows> { ["a.bin"] = whole.Makes["a.bin"] } }).Single()
        );
        Assert.Contains("makes 'c.bin', which is not among", Broken(whole with { Makes = With("c.bin", whole.Makes["a.bin"]) }).Single());
        Assert.Contains(
            "of '../x', which is not among",
            Broken(whole with { Makes = With("a.bin", new() { File = "../x", Lines = "names" }) }).Single()
        );
        Assert.Contains("has '../x', which is not a relative path", Broken(whole with { Files = ["stones", "../x"] }).Single());
        Assert.Contains("made of columns or of lines", Broken(whole with { Makes = With("a.bin", new() { File = "stones" }) }).Single());
    }
}
