namespace Sat.Publishing.Signatures;

/// <summary>One signature of a DSSE envelope.</summary>
/// <param name="KeyId">SHA-256 of the public key in its DER form, 64 hexadecimal digits: a hint, and no proof.</param>
/// <param name="Sig">ECDSA, in the DER form of RFC 3279.</param>
internal sealed record DsseSignature(string KeyId, byte[] Sig);
