using System.Diagnostics;
using Mono.Cecil;

namespace Sat.Native.Tests;

[TestClass]
public sealed class KeptArgumentsTests
{
    [TestMethod]
    public void The_assembly_is_marked_as_not_to_be_optimized_and_is_otherwise_the_same()
    {
        using var stock = AssemblyDefinition.ReadAssembly(Files.StockAssembly);
        using var kept = AssemblyDefinition.ReadAssembly(new MemoryStream(KeptArguments.Keep(File.ReadAllBytes(Files.StockAssembly))));

        Assert.IsFalse(Modes(stock).HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations));
        Assert.AreEqual(
            Modes(stock) | DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations,
            Modes(kept)
        );
        Assert.AreEqual(stock.FullName, kept.FullName);
        Assert.AreEqual(stock.MainModule.Mvid, kept.MainModule.Mvid);
        CollectionAssert.AreEqual(Code(stock), Code(kept));
    }

    [TestMethod]
    public void The_build_laid_that_assembly_out() =>
        CollectionAssert.AreEqual(KeptArguments.Keep(File.ReadAllBytes(Files.StockAssembly)), File.ReadAllBytes(Files.KeptAssembly));

    [TestMethod]
    public void What_is_no_assembly_is_refused()
    {
        var stock = File.ReadAllBytes(Files.StockAssembly);
        foreach (var bytes in new[] { [], stock[..1000], stock[..(stock.Length / 2)], Files.StockBytes() })
            Assert.ThrowsExactly<InvalidDataException>(() => KeptArguments.Keep(bytes));
    }

    static DebuggableAttribute.DebuggingModes Modes(AssemblyDefinition assembly) =>
        (DebuggableAttribute.DebuggingModes)
            (int)
                assembly
                    .CustomAttributes.Single(a => a.AttributeType.Name == nameof(DebuggableAttribute))
                    .ConstructorArguments.Single()
                    .Value;

    static string[] Code(AssemblyDefinition assembly) =>
        [
            .. assembly
                .MainModule.GetTypes()
                .SelectMany(t => t.Methods)
                .Select(m => $"{m.FullName} {m.PInvokeInfo?.EntryPoint}\n{(m.HasBody ? string.Join('\n', m.Body.Instructions) : "")}"),
        ];
}
