using Sat.Records.Data;

namespace Sat.Records.Tests;

[TestClass]
public sealed class LargeFileTests
{
    /// <summary>Bytes from which on a checksum is kept. The file has holes: it takes no room.</summary>
    private const long Large = 128L << 20;

    [TestMethod]
    public void The_checksum_of_a_large_file_is_computed_once_until_the_file_is_written_to()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("large.tar");
        Write(path, 1);
        var first = Sum(folder, out var told);
        Assert.IsTrue(told.All(p => p is { Stage: DataStage.Checking, Name: "large.tar", Total: Large }));
        Assert.AreEqual(Large, told[^1].Bytes);

        Assert.AreEqual(first, Sum(folder, out told));
        Assert.IsEmpty(told, "it was read");

        // Whatever is written moves the time of the file.
        Write(path, 2);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        var second = Sum(folder, out told);
        Assert.AreNotEqual(first, second);
        Assert.IsNotEmpty(told);
    }

    [TestMethod]
    public void A_kept_checksum_that_is_damaged_or_of_another_file_counts_as_none_and_is_no_data()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("large.tar"), 1);
        var sum = Sum(folder, out _);
        Assert.AreSequenceEqual(new[] { ".large.tar.sat-sha256", "large.tar" }, folder.Files());
        Assert.AreSequenceEqual(
            new[] { "large.tar" },
            DataFiles.At("own", folder.Path, new FileSelection { Include = ["**"], Hidden = true }).Names
        );
        var kept = folder.At(".large.tar.sat-sha256");
        var text = File.ReadAllText(kept);

        File.WriteAllText(kept, text.Replace(sum, new string('0', 64), StringComparison.Ordinal));
        Assert.AreEqual(sum, Sum(folder, out var told));
        Assert.IsNotEmpty(told);
        Assert.AreEqual(text, File.ReadAllText(kept), "it is kept again");
    }

    [TestMethod]
    public void Damage_that_leaves_length_time_and_ends_as_they_were_is_found_by_who_reads_all_and_not_before()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("large.tar");
        Write(path, 1);
        var written = File.GetLastWriteTimeUtc(path);
        var first = Sum(folder, out _);
        Write(path, 2);
        File.SetLastWriteTimeUtc(path, written);

        Assert.AreEqual(first, Sum(folder, out _));
        var files = DataFiles.At("own", folder.Path);
        files.ReadsAllAfresh = true;
        var now = files.Checksums()["large.tar"];
        Assert.AreNotEqual(first, now);
        Assert.AreEqual(now, Sum(folder, out _), "what was found then is kept");
    }

    /// <summary>A file with a byte in its midst.</summary>
    private static void Write(string path, byte value)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(Large);
        file.Position = Large / 2;
        file.WriteByte(value);
    }

    private static string Sum(TemporaryFolder folder, out List<DataProgress> told)
    {
        var files = DataFiles.At("own", folder.Path);
        var heard = told = [];
        files.Watcher = heard.Add;
        return files.Checksums()["large.tar"];
    }
}
