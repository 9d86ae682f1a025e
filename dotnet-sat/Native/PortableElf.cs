using System.Buffers.Binary;
using System.Text;

namespace Sat.Native;

/// <summary>
/// Lets a libLibTorchSharp.so that was linked against libstdc++ 13 load with that of Debian 12 and Ubuntu 22.04.
/// </summary>
/// <remarks>
/// One symbol alone asks for GLIBCXX_3.4.32: a call that makes the standard streams ready, which an older libstdc++ does by itself
/// and a newer one has done when it was loaded. The name is replaced by that of another function without arguments and effects, there since
/// GLIBCXX_3.4. The hash table of the GNU kind covers defined symbols only, so an undefined one may change its name.
/// </remarks>
public static class PortableElf
{
    const string Call = "_ZSt21ios_base_library_initv",
        Harmless = "_ZSt18uncaught_exceptionv";
    const string NewVersion = "GLIBCXX_3.4.32",
        OldVersion = "GLIBCXX_3.4";

    /// <summary>The newest versions that Ubuntu 22.04 has, the older of the two systems in glibc.</summary>
    static readonly (string Family, Version Newest)[] Limits =
    [
        ("GLIBC_", new Version(2, 35)),
        ("GLIBCXX_", new Version(3, 4, 30)),
        ("CXXABI_", new Version(1, 3, 13)),
    ];

    /// <summary>A changed copy of the same length, or <paramref name="file"/> itself where nothing is to change.</summary>
    /// <exception cref="ElfRefusedException">The file is not one that this change is known to be right for.</exception>
    public static byte[] MakePortable(byte[] file)
    {
        var image = ElfImage.Parse(file);
        var tooNew = TooNew(image);
        if (tooNew.Count == 0)
            return file;
        if (tooNew is not [{ Name: NewVersion } need])
            throw Refusal($"{NewVersion} as the only version that is too new", string.Join(", ", tooNew.Select(version => version.Name)));

        var name = NameOfCall(file, image, need);
        var oldVersion = OffsetOfString(file, image, OldVersion);
        var portable = (byte[])file.Clone();
        var field = portable.AsSpan(image.Strings.Start + name, Call.Length);
        field.Clear();
        Encoding.ASCII.GetBytes(Harmless, field);
        BinaryPrimitives.WriteUInt32LittleEndian(portable.AsSpan(need.HashField), ElfImage.Hash(OldVersion));
        BinaryPrimitives.WriteUInt32LittleEndian(portable.AsSpan(need.NameField), (uint)oldVersion);

        if (TooNew(ElfImage.Parse(portable)) is [var left, ..])
            throw Refusal("no version that is too new after the change", left.Name);
        return portable;
    }

    /// <summary>The versions that a system of 2022 does not have.</summary>
    public static IReadOnlyList<VersionNeed> TooNew(ElfImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return [.. image.Needs.Where(need => IsTooNew(need.Name))];
    }

    static bool IsTooNew(string name)
    {
        foreach (var (family, newest) in Limits)
        {
            if (!name.StartsWith(family, StringComparison.Ordinal))
                continue;
            return Version.TryParse(name[family.Length..], out var version)
                ? version > newest
                : throw Refusal($"{family} with a number", name);
        }

        return false;
    }

    static int NameOfCall(byte[] file, ElfImage image, VersionNeed need)
    {
        if (image.HasSystemVHash)
            throw Refusal("a hash table of the GNU kind alone", "a System V one, which covers undefined symbols too");
        if (image.HasVersionDefinitions)
            throw Refusal("no versions defined by the file itself", "a section of them");

        var users = image.Symbols.Where(symbol => symbol.Version == need.Index).ToList();
        if (users is not [{ Undefined: true } user] || image.NameAt((ulong)user.Name) is not Call)
        {
            var found = users.Take(5).Select(symbol => image.NameAt((ulong)symbol.Name));
            throw Refusal($"one undefined symbol of version {NewVersion}, {Call}", $"{users.Count}: {string.Join(", ", found)}");
        }

        // Linkers let names share their endings: another name may lie within this one, or this one within another.
        var sharing = image.Names.Count(name => name >= user.Name && name <= user.Name + Call.Length);
        if (sharing != 1 || file[image.Strings.Start + user.Name - 1] != 0)
            throw Refusal($"the name {Call} to be used once", $"{sharing} uses of it or of its ending, or a longer name around it");
        return user.Name;
    }

    static int OffsetOfString(byte[] file, ElfImage image, string text)
    {
        var at = file.AsSpan(image.Strings.Start, image.Strings.Length).IndexOf(Encoding.ASCII.GetBytes(text + '\0'));
        return at >= 0 ? at : throw Refusal($"the string {text} in the string table", "none");
    }

    static ElfRefusedException Refusal(string expected, string found) => new($"Expected {expected}, found {found}.");
}
