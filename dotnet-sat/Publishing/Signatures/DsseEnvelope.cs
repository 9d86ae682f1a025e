using System.Globalization;
using System.Text;

namespace Sat.Publishing.Signatures;

/// <summary>A signed document: DSSE 1.0.2 (https://github.com/secure-systems-lab/dsse).</summary>
/// <param name="PayloadType">What the payload is.</param>
/// <param name="Payload">The document.</param>
/// <param name="Signatures">At least one.</param>
internal sealed record DsseEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<DsseSignature> Signatures)
{
    /// <summary>The type of an in-toto statement.</summary>
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>The bytes that are signed: the pre-authentication encoding of type and payload.</summary>
    /// <param name="type">What the payload is.</param>
    /// <param name="payload">The document.</param>
    public static byte[] Signed(string type, byte[] payload)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}
