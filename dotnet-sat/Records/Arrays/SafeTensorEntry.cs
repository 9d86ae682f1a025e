namespace Sat.Records.Arrays;

/// <summary>Where a tensor lies in a file.</summary>
/// <param name="Type">The format's name of its type.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Its first byte, from the file's beginning.</param>
/// <param name="Bytes">Its length in bytes.</param>
public sealed record SafeTensorEntry(string Type, IReadOnlyList<long> Shape, long Offset, long Bytes);
