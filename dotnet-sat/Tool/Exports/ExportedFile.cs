namespace Sat.Tool.Exports;

/// <summary>A file that was written.</summary>
/// <param name="Part">The part of the dataset that it holds.</param>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its checksum, in lower-case hexadecimal.</param>
internal sealed record ExportedFile(string Part, string Name, long Bytes, string Sha256);
