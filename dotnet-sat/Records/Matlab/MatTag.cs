namespace Sat.Records.Matlab;

/// <summary>What stands before the bytes of a data element.</summary>
/// <param name="Type">What they are.</param>
/// <param name="Length">How many.</param>
/// <param name="Small">The bytes themselves, up to four, where the tag holds them; null: they follow it.</param>
internal readonly record struct MatTag(MatType Type, long Length, byte[]? Small);
