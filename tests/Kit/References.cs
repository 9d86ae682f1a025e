using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sat.Tests.Kit;

/// <summary>Changes what a built assembly says that it was built against.</summary>
public static class References
{
    /// <summary>Writes another major version of Sat.Sdk into the references of an assembly, as if it had been built against that.</summary>
    public static void ChangeContract(string assembly, ushort major) => Change(assembly, "Sat.Sdk", major);

    /// <summary>Writes another major version into a reference.</summary>
    public static void Change(string assembly, string name, ushort major)
    {
        var bytes = File.ReadAllBytes(assembly);
        using (var pe = new PEReader(new MemoryStream(bytes)))
        {
            var metadata = pe.GetMetadataReader();
            var handle = metadata.AssemblyReferences.Single(r => metadata.GetString(metadata.GetAssemblyReference(r).Name) == name);
            var row =
                pe.PEHeaders.MetadataStartOffset
                + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
                + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
            // ECMA-335, II.22.5: the row begins with the major version.
            BitConverter.TryWriteBytes(bytes.AsSpan(row), major);
        }
        File.WriteAllBytes(assembly, bytes);
    }
}
