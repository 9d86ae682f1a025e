using System.Buffers.Binary;
using System.Text;

namespace Sat.Native;

/// <summary>What a dynamic loader reads names and versions from, in an x86-64 shared library.</summary>
public sealed class ElfImage
{
    const int HeaderSize = 64,
        SectionSize = 64,
        DynamicSize = 16,
        SymbolSize = 24,
        NeedSize = 16;
    const uint Dynamic = 6,
        SystemVHash = 5,
        DynamicSymbols = 11,
        StringTable = 3;
    const uint VersionDefinitions = 0x6ffffffd,
        VersionNeeds = 0x6ffffffe,
        SymbolVersions = 0x6fffffff;

    readonly byte[] _file;
    readonly List<Section> _sections = [];
    readonly List<(ulong Tag, ulong Value)> _dynamic = [];
    readonly List<VersionNeed> _needs = [];
    readonly List<ElfSymbol> _symbols = [];
    readonly List<int> _names = [];

    ElfImage(byte[] file) => _file = file;

    public IReadOnlyList<VersionNeed> Needs => _needs;

    public IReadOnlyList<ElfSymbol> Symbols => _symbols;

    /// <summary>Every offset into the string table that symbols, versions and the dynamic section use.</summary>
    public IReadOnlyList<int> Names => _names;

    /// <summary>The string table of the dynamic symbols: where it begins in the file, and its length.</summary>
    public (int Start, int Length) Strings { get; private set; }

    /// <summary>Names of the libraries that this one asks to be loaded.</summary>
    public IEnumerable<string> Libraries => _dynamic.Where(entry => entry.Tag == Tag.Needed).Select(entry => NameAt(entry.Value));

    public bool HasSystemVHash { get; private set; }

    public bool HasVersionDefinitions { get; private set; }

    /// <exception cref="ElfRefusedException">It is no such library, or it is damaged.</exception>
    public static ElfImage Parse(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var image = new ElfImage(file);
        image.ReadHeader();
        image.ReadNames();
        image.ReadNeeds();
        image.ReadSymbols();
        image.CheckDynamicAgrees();
        return image;
    }

    public string NameAt(ulong offset)
    {
        if (offset >= (ulong)Strings.Length)
            throw new ElfRefusedException($"Expected a name within the string table of {Strings.Length} bytes, found one at {offset}.");
        var rest = _file.AsSpan(Strings.Start + (int)offset, Strings.Length - (int)offset);
        var end = rest.IndexOf((byte)0);
        return end >= 0
            ? Encoding.Latin1.GetString(rest[..end])
            : throw new ElfRefusedException($"Expected a NUL after the name at {offset} of the string table, found its end.");
    }

    /// <summary>The hash by which loaders compare version names (the System V one).</summary>
    public static uint Hash(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hash = 0u;
        foreach (var letter in Encoding.Latin1.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    void ReadHeader()
    {
        var header = At(0, HeaderSize, "the ELF header");
        Expect(header[..4].SequenceEqual("\u007fELF"u8), "an ELF file", $"one that begins with {Convert.ToHexString(header[..4])}");
        Expect(header[4] == 2 && header[5] == 1, "64-bit little-endian ELF", $"class {header[4]}, byte order {header[5]}");
        Expect(Short(header, 16) == 3, "a shared library (type 3)", $"type {Short(header, 16)}");
        Expect(Short(header, 18) == 62, "x86-64 (machine 62)", $"machine {Short(header, 18)}");
        Expect(Short(header, 58) == SectionSize, $"section headers of {SectionSize} bytes", $"{Short(header, 58)}");
        var count = Short(header, 60);
        Expect(count > 0, "section headers", "none");
        var table = At(Long(header, 40), (ulong)count * SectionSize, "the section headers");
        for (var i = 0; i < count; i++)
        {
            var entry = table.Slice(i * SectionSize, SectionSize);
            _sections.Add(new Section(Word(entry, 4), Long(entry, 16), Long(entry, 24), Long(entry, 32), Word(entry, 40), Word(entry, 44)));
        }
    }

    void ReadNames()
    {
        var symbolTable = Only(DynamicSymbols, "dynamic symbol table");
        var strings = Linked(symbolTable);
        Strings = ((int)strings.Offset, At(strings, "the string table").Length);
        var table = At(Only(Dynamic, "dynamic section"), "the dynamic section");
        for (var i = 0; i + DynamicSize <= table.Length && Long(table, i) != Tag.End; i += DynamicSize)
            _dynamic.Add((Long(table, i), Long(table, i + 8)));
        foreach (var (_, name) in _dynamic.Where(entry => Tag.IsName(entry.Tag)))
            Use(name);
        HasSystemVHash = _dynamic.Any(entry => entry.Tag == Tag.SystemVHash) || _sections.Any(section => section.Type == SystemVHash);
        HasVersionDefinitions = _sections.Any(section => section.Type == VersionDefinitions);
    }

    void ReadNeeds()
    {
        if (Optional(VersionNeeds, "section of version needs") is not { } section)
            return;
        Expect(Linked(section).Offset == (ulong)Strings.Start, "version needs that use the symbols' string table", "another one");
        var table = At(section, "the version needs");
        var at = 0;
        for (var i = 0u; i < section.Info; i++)
        {
            var need = Part(table, at, "a version need");
            var library = Use(Word(need, 4));
            ReadVersions(table, (int)section.Offset, library, Short(need, 2), Ahead(at, Word(need, 8), table.Length));
            var next = Word(need, 12);
            var isLast = i == section.Info - 1;
            Expect((next == 0) == isLast, $"{section.Info} libraries with version needs", $"a list that differs at number {i + 1}");
            at = Ahead(at, next, table.Length);
        }
    }

    void ReadVersions(ReadOnlySpan<byte> table, int start, string library, int count, int at)
    {
        for (var i = 0; i < count; i++)
        {
            var version = Part(table, at, "a needed version");
            var name = Use(Word(version, 8));
            Expect(Word(version, 0) == Hash(name), $"the hash of {name} beside it", $"{Word(version, 0):x8}");
            _needs.Add(new VersionNeed(library, name, Word(version, 0), Short(version, 6), start + at, start + at + 8));
            var next = Word(version, 12);
            Expect((next == 0) == (i == count - 1), $"{count} versions of {library}", $"a list that differs at number {i + 1}");
            at = Ahead(at, next, table.Length);
        }
    }

    void ReadSymbols()
    {
        var table = At(Only(DynamicSymbols, "dynamic symbol table"), "the dynamic symbols");
        var count = table.Length / SymbolSize;
        var section = Optional(SymbolVersions, "section of symbol versions");
        var versions = section is { } present ? At(present, "the symbol versions") : [];
        var complete = versions.Length == 0 ? _needs.Count == 0 : versions.Length == 2 * count;
        Expect(complete, $"versions for {count} symbols", $"{versions.Length / 2}");
        for (var i = 0; i < count; i++)
        {
            var entry = table.Slice(i * SymbolSize, SymbolSize);
            var name = Word(entry, 0);
            if (name >= Strings.Length)
                throw new ElfRefusedException($"Expected a symbol's name within {Strings.Length} bytes, found one at {name}.");
            _names.Add((int)name);
            var version = versions.Length == 0 ? 0 : Short(versions, 2 * i) & 0x7fff;
            _symbols.Add(new ElfSymbol((int)name, Undefined: Short(entry, 6) == 0, (ushort)version));
        }
    }

    // Loaders know no sections: what is read (and later changed) by way of them must be what the dynamic section points at.
    void CheckDynamicAgrees()
    {
        Agree(Tag.Strings, Linked(Only(DynamicSymbols, "")).Address, "string table");
        Agree(Tag.StringsSize, (ulong)Strings.Length, "string table's size");
        Agree(Tag.Symbols, Only(DynamicSymbols, "").Address, "symbol table");
        Agree(Tag.VersionNeeds, Optional(VersionNeeds, "")?.Address, "version needs");
        Agree(Tag.SymbolVersions, Optional(SymbolVersions, "")?.Address, "symbol versions");

        void Agree(ulong tag, ulong? section, string what)
        {
            var values = _dynamic.Where(entry => entry.Tag == tag).Select(entry => entry.Value).ToList();
            Expect(
                section is { } value ? values is [var only] && only == value : values.Count == 0,
                $"the dynamic section to name the {what} at {Hex(section)}",
                values.Count == 0 ? "none" : string.Join(", ", values.Select(found => Hex(found)))
            );
        }

        static string Hex(ulong? value) => value is { } number ? $"0x{number:x}" : "nowhere";
    }

    string Use(ulong name)
    {
        var text = NameAt(name);
        _names.Add((int)name);
        return text;
    }

    Section Only(uint type, string what) => Optional(type, what) ?? throw new ElfRefusedException($"Expected a {what}, found none.");

    Section? Optional(uint type, string what)
    {
        var found = _sections.Where(section => section.Type == type).ToList();
        Expect(found.Count <= 1, $"one {what}", $"{found.Count}");
        return found.Count == 1 ? found[0] : null;
    }

    Section Linked(Section section)
    {
        Expect(section.Link < _sections.Count, $"a link to one of {_sections.Count} sections", $"{section.Link}");
        var linked = _sections[(int)section.Link];
        Expect(linked.Type == StringTable, "a link to a string table", $"a section of type {linked.Type}");
        return linked;
    }

    ReadOnlySpan<byte> At(Section section, string what) => At(section.Offset, section.Size, what);

    ReadOnlySpan<byte> At(ulong offset, ulong size, string what)
    {
        var length = (ulong)_file.Length;
        Expect(offset <= length && size <= length - offset, $"{what}: {size} bytes at {offset}", $"a file of {length} bytes");
        return _file.AsSpan((int)offset, (int)size);
    }

    static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> table, int at, string what)
    {
        Expect(at + NeedSize <= table.Length, $"{what}: {NeedSize} bytes at {at}", $"a section of {table.Length} bytes");
        return table.Slice(at, NeedSize);
    }

    static int Ahead(int at, uint step, int length)
    {
        Expect(step <= length - at, "the next entry within its section", $"{step} bytes ahead of {at} of {length}");
        return at + (int)step;
    }

    static void Expect(bool condition, string expected, string found)
    {
        if (!condition)
            throw new ElfRefusedException($"Expected {expected}, found {found}.");
    }

    static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    static ulong Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    readonly record struct Section(uint Type, ulong Address, ulong Offset, ulong Size, uint Link, uint Info);

    static class Tag
    {
        public const ulong End = 0,
            Needed = 1,
            SystemVHash = 4,
            Strings = 5,
            Symbols = 6,
            StringsSize = 10;
        public const ulong LibraryName = 14,
            Path = 15,
            RunPath = 29;
        public const ulong SymbolVersions = 0x6ffffff0,
            VersionNeeds = 0x6ffffffe,
            Auxiliary = 0x7ffffffd,
            Filter = 0x7fffffff;

        public static bool IsName(ulong tag) => tag is Needed or LibraryName or Path or RunPath or Auxiliary or Filter;
    }
}
