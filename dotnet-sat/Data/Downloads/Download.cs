using Sat.Records;
using Sat.Records.Data;

namespace Sat.Data.Downloads;

/// <summary>What is to be downloaded.</summary>
/// <param name="Source">What it must turn out to be.</param>
/// <param name="Address">Where it is, without a password (<see cref="Secrets"/>).</param>
/// <param name="Folder">Where it is put, under the source's name, whole or not.</param>
/// <param name="Remedy">What a person can do when it fails: a sentence.</param>
public sealed record Download(DataSource Source, Uri Address, string Folder, string Remedy)
{
    /// <summary>User and password for the server, as <c>user:password</c>; null: it asks for none. Sent, and neither shown nor
    /// kept.</summary>
    public string? Credentials { get; init; }
}
