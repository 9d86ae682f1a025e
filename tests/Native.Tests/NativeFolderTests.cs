namespace Sat.Native.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class NativeFolderTests
{
    static readonly string[] SystemLibraries =
        ["libc", "libm", "libdl", "librt", "libpthread", "libgcc_s", "libstdc++", "ld-linux-x86-64"];

    // Half a gigabyte is read for this, so once for all tests.
    static readonly Lazy<IReadOnlyDictionary<string, ElfImage>> Images = new(() => Directory.EnumerateFiles(Preload.Folder)
        .ToDictionary(path => Path.GetFileName(path), path => ElfImage.Parse(File.ReadAllBytes(path)), StringComparer.Ordinal));

    [TestMethod]
    public void TheFolderHoldsWhatItsFilesAskForAndNoMore()
    {
        var asked = Images.Value.Values
            .SelectMany(image => image.Libraries)
            .Where(name => !SystemLibraries.Contains(name[..name.IndexOf(".so", StringComparison.Ordinal)], StringComparer.Ordinal))
            .Append(NativeLibraries.LinuxTorchSharp);

        CollectionAssert.AreEquivalent(asked.Distinct(StringComparer.Ordinal).ToList(), Images.Value.Keys.ToList());
    }

    [TestMethod]
    public void NoFileAsksForAVersionThatIsTooNew()
    {
        foreach (var (name, image) in Images.Value)
            Assert.IsEmpty(PortableElf.TooNew(image), name);
    }

    [TestMethod]
    public void LinkedFilesReadAsContent()
    {
        using var stream = File.OpenRead(Path.Combine(Preload.Folder, "libtorch_cpu.so"));
        var head = new byte[4];
        stream.ReadExactly(head);

        CollectionAssert.AreEqual("\u007fELF"u8.ToArray(), head);
        Assert.IsGreaterThan(100_000_000, stream.Length);
    }

    [TestMethod]
    public void NoLibtorchLandsInTheOutputFolder()
    {
        var copies = Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))
            .Where(name => NativeLibraries.IsNeeded("linux-x64", name) || name.Contains("LibTorchSharp", StringComparison.Ordinal));

        Assert.IsEmpty(copies);
    }

    [TestMethod]
    public void FoldersMadeAtTheSameTimeAreWhole()
    {
        using var temporary = new TemporaryFolder();
        var target = Path.Combine(temporary.Path, "linux-x64");

        Parallel.For(0, 8, _ => new NativeFolder("linux-x64", target).Collect([Preload.Folder]));

        CollectionAssert.AreEquivalent(Names(Preload.Folder), Names(target));
        Assert.HasCount(1, Directory.GetFileSystemEntries(temporary.Path), "what was made beside the folder is gone");
    }

    [TestMethod]
    public void AnOlderPackagesLibrariesAreRemoved()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(Path.Combine(temporary.Path, "libgomp-00000000.so.1"), "old");
        File.WriteAllText(Path.Combine(temporary.Path, "notes.txt"), "not ours");

        new NativeFolder("linux-x64", temporary.Path).Collect([Preload.Folder]);

        CollectionAssert.AreEquivalent(Names(Preload.Folder).Append("notes.txt").ToList(), Names(temporary.Path));
    }

    [TestMethod]
    public void APackageThatLacksALibraryIsNamedSo()
    {
        using var temporary = new TemporaryFolder();

        var error = Assert.ThrowsExactly<FileNotFoundException>(
            () => new NativeFolder("linux-x64", temporary.Path).Collect([Path.GetDirectoryName(Files.Stock)!]));

        Assert.Contains("Expected libc10.so, libtorch_cpu.so, libtorch.so, libgomp-*.so.1 in the packages", error.Message);
    }

    [TestMethod]
    public void OtherPlatformsKeepWhatThePackageHas()
    {
        using var temporary = new TemporaryFolder();
        var package = Path.Combine(Path.GetDirectoryName(Files.Stock)!, "..", "..", "osx-arm64", "native");

        CollectionAssert.AreEqual(
            (string[])["libLibTorchSharp.dylib"],
            new NativeFolder("osx-arm64", Path.Combine(temporary.Path, "osx-arm64")).Collect([package]).ToArray());
        Assert.IsFalse(NativeLibraries.IsNeeded("win-x64", "torch_python.dll"));
        Assert.IsTrue(NativeLibraries.IsNeeded("win-x64", "torch_cpu.dll"));
    }

    static List<string> Names(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];

    sealed class TemporaryFolder : IDisposable
    {
        readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("sat-native-");

        public TemporaryFolder() => Path = parent.CreateSubdirectory("native").FullName;

        public string Path { get; }

        public void Dispose() => parent.Delete(recursive: true);
    }
}
