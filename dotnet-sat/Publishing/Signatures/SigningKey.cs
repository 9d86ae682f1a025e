using System.Security.Cryptography;
using Sat.Records;
using Sat.Records.Files;

namespace Sat.Publishing.Signatures;

/// <summary>ECDSA keys in PEM files, over P-256, P-384 or P-521; the digest is the one of the curve's size (FIPS 186-5).</summary>
internal sealed class SigningKey : IDisposable
{
    private const string Remedy = "make one with 'openssl ecparam -name prime256v1 -genkey -noout -out key.pem'";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => _key = key;

    /// <summary>SHA-256 of the public key in its DER form, 64 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <summary>Reads a private key, to sign with.</summary>
    /// <exception cref="SatException">It cannot be read, is none or needs a password (exit code 2).</exception>
    public static SigningKey Private(string file)
    {
        var text = Text(file);
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return Read(file, text);
        throw new SatException(ExitCode.Planning, $"{file} holds no private key: {Remedy}");
    }

    /// <summary>Reads a key, to check with. The public half of a private key's file will do.</summary>
    /// <exception cref="SatException">It cannot be read or is none (exit code 2).</exception>
    public static SigningKey Public(string file) => Read(file, Text(file));

    /// <summary>Signs bytes.</summary>
    public byte[] Sign(byte[] data) => _key.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>True if a signature is one of these bytes by this key.</summary>
    public bool Verifies(byte[] data, byte[] signature)
    {
        try
        {
            return _key.VerifyData(data, signature, Hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private HashAlgorithmName Hash =>
        _key.KeySize switch
        {
            <= 256 => HashAlgorithmName.SHA256,
            <= 384 => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };

    private static string Text(string file)
    {
        try
        {
            return RegularFile.ReadAllText(file, RegularFile.MostOfDocument);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Planning, $"the key {file} cannot be read: {e.Message}", inner: e);
        }
    }

    private static SigningKey Read(string file, string text)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SatException(
                ExitCode.Planning,
                text.Contains("ENCRYPTED", StringComparison.Ordinal)
                    ? $"the key {file} needs a password: decrypt it with 'openssl pkey -in {file} -out decrypted.pem', sign, and delete that file"
                    : $"{file} holds no ECDSA key in PEM form: {Remedy}",
                inner: e
            );
        }
    }
}
