namespace Sat.Native;

/// <summary>A version that a library asks of another, and where in the file that wish is written.</summary>
public sealed record VersionNeed(string Library, string Name, uint Hash, ushort Index, int HashField, int NameField);
