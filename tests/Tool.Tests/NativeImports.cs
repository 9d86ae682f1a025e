using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Sat.Tool.Tests;

/// <summary>What native libraries of other systems ask their loader for; they cannot be loaded here.</summary>
internal static class NativeImports
{
    /// <summary>The names of the DLLs that a Windows library imports from.</summary>
    public static IReadOnlyList<string> OfWindows(string file)
    {
        const int DescriptorSize = 20,
            NameField = 12;
        using var image = new PEReader(File.OpenRead(file));
        var names = new List<string>();
        for (var at = image.PEHeaders.PEHeader!.ImportTableDirectory.RelativeVirtualAddress; ; at += DescriptorSize)
        {
            var name = image.GetSectionData(at).GetReader(NameField, sizeof(int)).ReadInt32();
            if (name == 0)
                return names;
            var text = image.GetSectionData(name).GetReader();
            names.Add(text.ReadUTF8(text.IndexOf(0)));
        }
    }

    /// <summary>The name under which a macOS library is known to those that ask for it, and the names that it asks for itself.</summary>
    public static (string Id, IReadOnlyList<string> Asked) OfMacOS(string file)
    {
        const uint Magic = 0xfeedfacf,
            Id = 0xd,
            Load = 0xc,
            LoadWeak = 0x80000018,
            Reexport = 0x8000001f;
        const int HeaderSize = 32,
            NameField = 8;
        using var stream = File.OpenRead(file);
        var header = new byte[HeaderSize];
        stream.ReadExactly(header);
        Assert.AreEqual(Magic, BinaryPrimitives.ReadUInt32LittleEndian(header), $"{file} is no 64-bit Mach-O library");
        var commands = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(20))];
        stream.ReadExactly(commands);
        var id = "";
        var asked = new List<string>();
        for (ReadOnlySpan<byte> rest = commands; rest.Length > 0; rest = rest[BinaryPrimitives.ReadInt32LittleEndian(rest[4..])..])
        {
            var kind = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            if (kind is not (Id or Load or LoadWeak or Reexport))
                continue;
            var name = rest[BinaryPrimitives.ReadInt32LittleEndian(rest[NameField..])..];
            var text = Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
            if (kind == Id)
                id = text;
            else
                asked.Add(text);
        }
        return (id, asked);
    }
}
