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
}
