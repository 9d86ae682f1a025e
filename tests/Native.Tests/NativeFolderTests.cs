namespace Sat.Native.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class NativeFolderTests
{
    static readonly string[] SystemLibraries = ["libc", "libm", "libdl", "librt", "libpthread", "libgcc_s", "libstdc++", "ld-linux-x86-64"];

    // Half a gigabyte is read for this, so once for all tests.
    static readonly Lazy<IReadOnlyDictionary<string, ElfImage>> Images = new(() =>
        Directory
            .EnumerateFiles(Preload.Folder)
            .ToDictionary(path => Path.GetFileName(path), path => ElfImage.Parse(File.ReadAllBytes(path)), StringComparer.Ordinal)
    );

    [TestMethod]
    public void TheFolderHoldsWhatItsFilesAskForAndNoMore()
    {
        var asked = Images
            .Value.Values.SelectMany(image => image.Libraries)
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
        var copies = Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories)
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

        var error = Assert.ThrowsExactly<FileNotFoundException>(() =>
            new NativeFolder("linux-x64", temporary.Path).Collect([Path.GetDirectoryName(Files.Stock)!])
        );

        Assert.Contains("Expected libc10.so, libtorch_cpu.so, libtorch.so, libgomp-*.so.1 in the packages", error.Message);
    }

    [TestMethod]
    [DataRow("win-x64", "c10.dll, torch_cpu.dll, libiomp5md.dll")]
    [DataRow("osx-arm64", "libc10.dylib, libtorch_cpu.dylib, libtorch.dylib, libomp.dylib")]
    public void OtherPlatformsAreRefusedWithoutTheirLibtorch(string rid, string missing)
    {
        using var temporary = new TemporaryFolder();
        var package = Path.Combine(Path.GetDirectoryName(Files.Stock)!, "..", "..", rid, "native");

        var error = Assert.ThrowsExactly<FileNotFoundException>(() =>
            new NativeFolder(rid, Path.Combine(temporary.Path, rid)).Collect([package])
        );

        Assert.Contains($"Expected {missing} in the packages for {rid}", error.Message);
    }

    [TestMethod]
    [DataRow("win-x64", "torch_python.dll")]
    [DataRow("win-x64", "libiompstubs5md.dll")]
    [DataRow("win-x64", "uv.dll")]
    [DataRow("osx-arm64", "libtorch_python.dylib")]
    [DataRow("linux-x64", "libjitbackend_test.so")]
    public void DeadWeightIsNotNeeded(string rid, string fileName) => Assert.IsFalse(NativeLibraries.IsNeeded(rid, fileName));

    [TestMethod]
    public void ALibraryThatIsCutIsPutTogetherOnceAndAgainWhenItsPartsAreOthers()
    {
        using var temporary = new TemporaryFolder();
        var (package, target) = (Package(temporary, "one", "first ", "last"), Path.Combine(temporary.Path, "linux-x64-cuda"));
        var folder = new NativeFolder("linux-x64", target);
        var library = Path.Combine(target, "libtorch_cpu.so");

        var names = folder.CollectCuda(Path.GetDirectoryName(Files.Stock)!, [package], CancellationToken.None);

        CollectionAssert.AreEqual(names.ToList(), Names(target).Order(StringComparer.Ordinal).ToList());
        Assert.AreEqual("first last", File.ReadAllText(library));
        File.WriteAllText(library, "is kept...");
        folder.CollectCuda(Path.GetDirectoryName(Files.Stock)!, [package], CancellationToken.None);
        Assert.AreEqual("is kept...", File.ReadAllText(library));
        folder.CollectCuda(Path.GetDirectoryName(Files.Stock)!, [Package(temporary, "two", "next, ", "last")], CancellationToken.None);
        Assert.AreEqual("next, last", File.ReadAllText(library));
        File.WriteAllText(library, "short");
        folder.CollectCuda(Path.GetDirectoryName(Files.Stock)!, [Path.Combine(temporary.Path, "two")], CancellationToken.None);
        Assert.AreEqual("next, last", File.ReadAllText(library));
    }

    [TestMethod]
    public void ABuildThatIsStoppedLeavesNothingHalfMade()
    {
        using var temporary = new TemporaryFolder();
        var (package, target) = (Package(temporary, "one", "first ", "last"), Path.Combine(temporary.Path, "linux-x64-cuda"));

        Assert.ThrowsExactly<OperationCanceledException>(() =>
            new NativeFolder("linux-x64", target).CollectCuda(
                Path.GetDirectoryName(Files.Stock)!,
                [package],
                new CancellationToken(canceled: true)
            )
        );

        Assert.IsFalse(File.Exists(Path.Combine(target, "libtorch_cpu.so")));
        CollectionAssert.AreEquivalent((string[])[package, target], Directory.GetFileSystemEntries(temporary.Path));
    }

    [TestMethod]
    public void CudasPackagesThatLackALibraryAreToldSo()
    {
        using var temporary = new TemporaryFolder();
        var package = Package(temporary, "one", "first ", "last");
        File.Delete(Path.Combine(package, "runtimes", "linux-x64", "native", "libtorch_cuda.so"));

        var error = Assert.ThrowsExactly<FileNotFoundException>(() =>
            new NativeFolder("linux-x64", Path.Combine(temporary.Path, "target")).CollectCuda(
                Path.GetDirectoryName(Files.Stock)!,
                [package],
                CancellationToken.None
            )
        );

        Assert.Contains("Expected libtorch_cuda in the packages for linux-x64", error.Message);
    }

    // All in one; in truth they are many, which makes no difference to who reads them.
    static string Package(TemporaryFolder temporary, string name, string first, string rest)
    {
        var package = Path.Combine(temporary.Path, name);
        var native = Directory.CreateDirectory(Path.Combine(package, "runtimes", "linux-x64", "native")).FullName;
        var fragments = Directory.CreateDirectory(Path.Combine(package, "fragments", "linux-x64", "native")).FullName;
        foreach (var library in new[] { "libc10.so", "libc10_cuda.so", "libtorch_cuda.so" })
            File.WriteAllText(Path.Combine(native, library), library);
        File.WriteAllText(Path.Combine(native, "libtorch_cpu.so"), first);
        File.WriteAllText(Path.Combine(fragments, "libtorch_cpu.so.fragment1"), rest);
        return package;
    }

    static List<string> Names(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];

    sealed class TemporaryFolder : IDisposable
    {
        readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sat-native-");

        public TemporaryFolder() => Path = _parent.CreateSubdirectory("native").FullName;

        public string Path { get; }

        public void Dispose() => _parent.Delete(recursive: true);
    }
}
