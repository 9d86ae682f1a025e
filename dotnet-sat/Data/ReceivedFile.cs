namespace Sat.Data;

/// <summary>A file of an installed dataset.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256.</param>
public sealed record ReceivedFile(long Bytes, string Sha256);
