using Sat.Records.Data;

namespace Sat.Records.Tests;

[TestClass]
public sealed class FileSelectionTests
{
    [TestMethod]
    public void Hidden_and_stray_files_are_left_out_at_any_depth_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        string[] wanted = ["a.bin", "b/c.bin", "b/d/e.bin"];
        string[] stray =
        [
            ".DS_Store",
            "b/.git/x",
            "b/d/.x",
            "Thumbs.db",
            "b/DESKTOP.INI",
            "b/Desktop.ini",
            "__MACOSX/b/c.bin",
            "b/@eaDir/c.bin",
            "b/._c.bin",
            "#recycle/a.bin",
            "$RECYCLE.BIN/a.bin",
            "$Recycle.Bin/b.bin",
            "System Volume Information/a.bin",
            ".thumbnails/a.bin",
            ".Trash-1000/files/a.bin",
            "b/.ipynb_checkpoints/c.bin",
            "lost+found/a.bin",
            "b/thumbs.DB",
        ];
        foreach (var name in wanted.Concat(stray))
            Write(folder, name);

        CollectionAssert.AreEquivalent(wanted, Names(FileSelection.All, folder));
        CollectionAssert.AreEquivalent(wanted.Concat(stray).ToArray(), Names(new FileSelection { Hidden = true }, folder));
        CollectionAssert.AreEqual(wanted, DataFiles.At("x", folder.Path).Names.ToArray());
    }

    [TestMethod]
    public void A_hidden_folder_that_is_asked_for_by_its_path_is_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".data/a.bin", "a");
        CollectionAssert.AreEqual(new[] { "a.bin" }, DataFiles.At("x", folder.At(".data")).Names.ToArray());
        CollectionAssert.AreEqual(new[] { ".hidden" }, DataFiles.At("x", folder.Write(".hidden", "a")).Names.ToArray());
    }

    [TestMethod]
    public void Of_alternatives_the_first_that_matches_any_file_is_read()
    {
        using var folder = new TemporaryFolder();
        var selection = new FileSelection { Include = ["train/*/**", "test/*/**|val/*/**"] };
        foreach (var name in new[] { "train/a/1", "train/a/b/2", "train/3", "val/a/4", "test/5", "other/a/6" })
            Write(folder, name);

        CollectionAssert.AreEquivalent(new[] { "train/a/1", "train/a/b/2", "val/a/4" }, Names(selection, folder));
        Write(folder, "test/a/7");
        CollectionAssert.AreEquivalent(new[] { "train/a/1", "train/a/b/2", "test/a/7" }, Names(selection, folder));
    }

    [TestMethod]
    public void What_files_need_beside_them_is_missed_only_where_they_are_the_ones_that_are_read()
    {
        using var folder = new TemporaryFolder();
        var selection = new FileSelection
        {
            Include = ["train/*/**|*/**", "test/*/**|val/*/**"],
            Needs =
            [
                new NeededFiles("train/*/**|*/**", "nothing to train on"),
                new NeededFiles("test/*/**|val/*/**", "{folder} has nothing to test on") { With = "train/*/**" },
            ],
        };
        Assert.IsEmpty(selection.Broken());
        Write(folder, "loose");
        Assert.AreEqual("nothing to train on", selection.In(folder.Path).Missing);
        Write(folder, "a/1");
        Assert.IsNull(selection.In(folder.Path).Missing);
        Write(folder, "train/a/1");
        Assert.AreEqual($"{folder.Path} has nothing to test on", selection.In(folder.Path).Missing);
        Assert.ThrowsExactly<SatException>(() => DataFiles.At("x", folder.Path, selection));
        Write(folder, "val/a/2");
        Assert.IsNull(selection.In(folder.Path).Missing);

        Assert.HasCount(
            2,
            new FileSelection { Needs = [new NeededFiles("b/*", "no") { With = "a/*" }] }
                .Broken()
                .ToArray()
        );
    }

    [TestMethod]
    public void What_lies_beside_the_files_is_listed_but_for_what_systems_leave_and_alternatives()
    {
        using var folder = new TemporaryFolder();
        var selection = new FileSelection
        {
            Include = ["train/*/**|*/**", "test/*/**|val/*/**"],
            Exclude = ["*.txt", "README"],
            Remarks = new Dictionary<string, string> { ["*/**"] = "There is no train: {files} in {folders}." },
        };
        foreach (var name in new[] { "a/1", "a/notes.txt", "b/2", "b/.DS_Store", "README", "c.png" })
            Write(folder, name);

        var plain = selection.In(folder.Path);
        CollectionAssert.AreEquivalent(new[] { "a/1", "b/2" }, plain.Read.ToArray());
        CollectionAssert.AreEqual(new[] { "README", "a/notes.txt", "c.png" }, plain.Beside.ToArray());
        CollectionAssert.AreEqual(new[] { "There is no train: 2 files in 2 folders." }, plain.Remarks.ToArray());

        foreach (var name in new[] { "train/a/1", "train/loose.png", "train/README", "test/a/2", "val/a/3" })
            Write(folder, name);
        var laid = selection.In(folder.Path);
        CollectionAssert.AreEquivalent(new[] { "train/a/1", "test/a/2" }, laid.Read.ToArray());
        CollectionAssert.AreEqual(
            new[] { "README", "a/", "b/", "c.png", "train/README", "train/loose.png", "val/" },
            laid.Beside.ToArray(),
            "other folders are named but not looked into"
        );
        Assert.IsEmpty(laid.Remarks);
        Assert.HasCount(1, (selection with { Include = ["train/*/**"] }).Broken().ToArray(), "a remark on nothing");
    }

    [TestMethod]
    public void Patterns_match_whole_parts_and_names_that_are_left_out_in_any_case()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a.png", "b.PNG", "c.png.txt", "d/e.png", "README", "f.TXT" })
            Write(folder, name);

        CollectionAssert.AreEquivalent(new[] { "a.png" }, Names(new FileSelection { Include = ["*.png"] }, folder));
        CollectionAssert.AreEquivalent(
            new[] { "a.png", "b.PNG", "d/e.png" },
            Names(new FileSelection { Exclude = ["*.txt", "readme"] }, folder)
        );
        CollectionAssert.AreEquivalent(new[] { "d/e.png" }, Names(new FileSelection { Include = ["d/*"] }, folder));
    }

    [TestMethod]
    public void A_folder_that_no_pattern_can_match_is_not_entered()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train/a/1");
        Directory.CreateDirectory(folder.At("backup"));
        Directory.CreateDirectory(folder.At("train", ".cache"));
        // Entering a loop would end in an error, or never.
        Directory.CreateSymbolicLink(folder.At("backup", "loop"), folder.Path);
        Directory.CreateSymbolicLink(folder.At("train", ".cache", "loop"), folder.Path);

        CollectionAssert.AreEquivalent(new[] { "train/a/1" }, Names(new FileSelection { Include = ["train/*/**"] }, folder));
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("/x")]
    [DataRow("a//b")]
    [DataRow("**/x")]
    [DataRow("a|")]
    public void A_pattern_that_leads_out_of_the_folder_or_means_nothing_is_broken(string pattern)
    {
        Assert.HasCount(
            1,
            new FileSelection { Include = [pattern] }
                .Broken()
                .ToArray()
        );
        Assert.IsEmpty(new FileSelection { Include = ["train/*/**", "a|b/*"], Exclude = ["*.txt"] }.Broken());
        Assert.HasCount(
            2,
            new FileSelection { Include = [], Exclude = ["a/b"] }
                .Broken()
                .ToArray()
        );
    }

    private static void Write(TemporaryFolder folder, string name) => folder.Write(name, name);

    private static string[] Names(FileSelection selection, TemporaryFolder folder) => [.. selection.In(folder.Path).Read];
}
