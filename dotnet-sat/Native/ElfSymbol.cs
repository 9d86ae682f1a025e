namespace Sat.Native;

/// <summary>An entry of the dynamic symbol table. <paramref name="Version"/> is the index of a <see cref="VersionNeed"/>.</summary>
public readonly record struct ElfSymbol(int Name, bool Undefined, ushort Version);
