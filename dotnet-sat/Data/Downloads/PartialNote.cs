namespace Sat.Data.Downloads;

/// <summary>What is known of the bytes that have come.</summary>
/// <param name="Address">Where the last of them came from.</param>
/// <param name="ETag">The server's strong name of the version; null: it gave none.</param>
/// <param name="Modified">When the server's file was last changed; null: it did not tell.</param>
/// <param name="Length">Its length in bytes, as the server told; null: it did not.</param>
/// <param name="Pieces">How many answers the bytes were taken from.</param>
internal sealed record PartialNote(string Address, string? ETag, DateTimeOffset? Modified, long? Length, int Pieces);
