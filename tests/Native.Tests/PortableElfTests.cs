using System.Text;

namespace Sat.Native.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class PortableElfTests
{
    const string NewVersion = "GLIBCXX_3.4.32";

    [TestMethod]
    public void TheStockFileAsksForAVersionThatDebian12Lacks()
    {
        CollectionAssert.Contains(Files.Versions(Files.Stock).ToList(), NewVersion);
    }

    [TestMethod]
    public void ThePortableFileAsksForNothingThatDebian12Lacks()
    {
        var image = ElfImage.Parse(File.ReadAllBytes(Files.Portable));

        Assert.IsEmpty(PortableElf.TooNew(image));
        CollectionAssert.DoesNotContain(image.Needs.Select(need => need.Name).ToList(), NewVersion);
        CollectionAssert.Contains(image.Needs.Select(need => need.Name).ToList(), "GLIBCXX_3.4.30");
    }

    [TestMethod]
    public void ReadelfSeesTheSameVersions()
    {
        if (Files.Output("readelf", "--version-info", "--wide", Files.Portable) is not { } portable)
        {
            Assert.Inconclusive("no readelf here");
            return;
        }

        Assert.DoesNotContain(NewVersion, portable);
        Assert.Contains(NewVersion, Files.Output("readelf", "--version-info", "--wide", Files.Stock)!);
        foreach (var version in Files.Versions(Files.Portable))
            Assert.Contains($"Name: {version} ", portable);
        Assert.Contains("_ZSt18uncaught_exceptionv@GLIBCXX_3.4 ", Files.Output("readelf", "--dyn-syms", "--wide", Files.Portable)!);
    }

    [TestMethod]
    public void OnlyTheNameAndOneVersionEntryChange()
    {
        var stock = Files.StockBytes();
        var portable = PortableElf.MakePortable(stock);

        Assert.HasCount(stock.Length, portable);
        var changed = Enumerable.Range(0, stock.Length).Where(i => stock[i] != portable[i]).ToList();
        Assert.IsLessThanOrEqualTo("_ZSt21ios_base_library_initv".Length + 8, changed.Count);
        CollectionAssert.AreEqual(File.ReadAllBytes(Files.Portable), portable);
    }

    [TestMethod]
    public void APortableFileIsReturnedAsItIs()
    {
        var portable = PortableElf.MakePortable(Files.StockBytes());

        Assert.AreSame(portable, PortableElf.MakePortable(portable));
    }

    [TestMethod]
    public void VersionNamesHashAsLoadersHashThem()
    {
        Assert.AreEqual(0x08922974u, ElfImage.Hash("GLIBCXX_3.4"));
        Assert.AreEqual(0x09691a75u, ElfImage.Hash("GLIBC_2.2.5"));
    }

    [TestMethod]
    public void RandomBytesAreRefused()
    {
        var random = new Random(1);
        foreach (var length in (int[])[0, 1, 63, 64, 4096])
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Refused(bytes);
        }
    }

    [TestMethod]
    public void ATruncatedFileIsRefused()
    {
        var stock = Files.StockBytes();
        foreach (var length in (int[])[63, 64, 5000, stock.Length / 2, stock.Length - 1])
            Assert.Contains($"found a file of {length} bytes", Refused(stock[..length]).Message);
    }

    [TestMethod]
    public void AnotherMachineIsRefused()
    {
        var stock = Files.StockBytes();
        stock[18] = 183;

        Assert.AreEqual("Expected x86-64 (machine 62), found machine 183.", Refused(stock).Message);
    }

    [TestMethod]
    public void AFileWithoutTheSymbolIsRefused()
    {
        var stock = Files.StockBytes();
        Replace(stock, "_ZSt21ios_base_library_initv", "_ZSt21ios_base_library_initw");

        Assert.Contains("found 1: _ZSt21ios_base_library_initw", Refused(stock).Message);
    }

    [TestMethod]
    public void ASecondSymbolOfTheNewVersionIsRefused()
    {
        var stock = Files.StockBytes();
        var image = ElfImage.Parse(stock);
        var index = image.Needs.Single(need => need.Name == NewVersion).Index;
        var other = image.Symbols.ToList().FindIndex(symbol => symbol.Undefined && symbol.Version != index && symbol.Version > 1);
        var versions = IndexOf(stock, VersionTable(image));
        stock[versions + (2 * other)] = (byte)index;

        Assert.Contains($"of version {NewVersion}", Refused(stock).Message);
        Assert.Contains("found 2:", Refused(stock).Message);
    }

    [TestMethod]
    public void AnotherVersionThatIsTooNewIsRefused()
    {
        var stock = Files.StockBytes();
        var need = ElfImage.Parse(stock).Needs.Single(need => need.Name == "GLIBCXX_3.4.30");
        Replace(stock, "GLIBCXX_3.4.30\0", "GLIBCXX_3.4.31\0");
        BitConverter.TryWriteBytes(stock.AsSpan(need.HashField), ElfImage.Hash("GLIBCXX_3.4.31"));

        Assert.AreEqual(
            "Expected GLIBCXX_3.4.32 as the only version that is too new, found GLIBCXX_3.4.31, GLIBCXX_3.4.32.",
            Refused(stock).Message
        );
    }

    [TestMethod]
    public void DamagedTablesAreRefusedOrLeftAlone()
    {
        var random = new Random(20260101);
        var stock = Files.StockBytes();
        var sections = (int)BitConverter.ToUInt64(stock, 40);
        var need = ElfImage.Parse(stock).Needs[0].HashField;
        (int Start, int Length)[] regions = [(0, 64), (sections, 31 * 64), (need - 16, 528), (0x1d4b18, 0x270)];

        for (var i = 0; i < 500; i++)
        {
            var (start, length) = regions[i % regions.Length];
            var saved = stock.AsSpan(start, length).ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                stock[start + random.Next(length)] = (byte)random.Next(256);
            try
            {
                PortableElf.MakePortable(stock);
            }
            catch (ElfRefusedException) { }

            saved.CopyTo(stock.AsSpan(start));
        }

        Assert.IsEmpty(PortableElf.TooNew(ElfImage.Parse(PortableElf.MakePortable(stock))));
    }

    static ElfRefusedException Refused(byte[] file) => Assert.ThrowsExactly<ElfRefusedException>(() => PortableElf.MakePortable(file));

    static void Replace(byte[] file, string old, string replacement) =>
        Encoding.ASCII.GetBytes(replacement, file.AsSpan(IndexOf(file, Encoding.ASCII.GetBytes(old))));

    static byte[] VersionTable(ElfImage image) => [.. image.Symbols.Take(400).SelectMany(symbol => BitConverter.GetBytes(symbol.Version))];

    static int IndexOf(byte[] file, byte[] part)
    {
        var at = file.AsSpan().IndexOf(part);
        Assert.IsGreaterThanOrEqualTo(0, at);
        return at;
    }
}
