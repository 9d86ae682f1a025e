using System.Text.Json;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Publishing.Signatures;

/// <summary>The signature of a bundle, a file beside it: <c>NAME.zip.dsse.json</c>. Keys are the user's, and nothing asks a
/// network.</summary>
public static class BundleSignature
{
    /// <summary>Where the signature of a bundle lies.</summary>
    public static string FileFor(string bundle) => bundle + ".dsse.json";

    /// <summary>Signs a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="key">PEM file of an ECDSA private key.</param>
    /// <returns>The signature's file, replaced if it exists.</returns>
    /// <exception cref="SatException">The key cannot be used (exit code 2).</exception>
    public static string Write(string bundle, string key)
    {
        using var signer = SigningKey.Private(key);
        var statement = TestResultStatement.Of(bundle);
        var signature = new DsseSignature(signer.Id, signer.Sign(DsseEnvelope.Signed(DsseEnvelope.InToto, statement)));
        var file = DsseFile.Write(new DsseEnvelope(DsseEnvelope.InToto, statement, [signature]));
        AtomicFile.Write(FileFor(bundle), stream => stream.Write(file));
        return FileFor(bundle);
    }

    /// <summary>Throws where a key cannot be used to sign: said before a bundle is made.</summary>
    /// <param name="key">PEM file of an ECDSA private key.</param>
    /// <exception cref="SatException">It cannot (exit code 2).</exception>
    public static void RequireKey(string key) => SigningKey.Private(key).Dispose();

    /// <summary>What is wrong with a bundle's signature; null: the key signed this bundle, and what the statement says is what the bundle
    /// holds.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="key">PEM file of the signer's ECDSA key; its public half is enough.</param>
    /// <exception cref="SatException">The key cannot be used (exit code 2), or the signature is not there (exit code 5).</exception>
    public static FileDamage? Check(string bundle, string key)
    {
        using var signer = SigningKey.Public(key);
        var file = FileFor(bundle);
        FileDamage Wrong(string what) => new(Path.GetFileName(file), what);
        try
        {
            var envelope = DsseFile.Read(RegularFile.ReadAllBytes(file));
            var signed = DsseEnvelope.Signed(envelope.PayloadType, envelope.Payload);
            if (!envelope.Signatures.Any(s => signer.Verifies(signed, s.Sig)))
                return Wrong($"it was not signed by the key {Path.GetFileName(key)}, or was changed since");
            return envelope.PayloadType == DsseEnvelope.InToto && envelope.Payload.AsSpan().SequenceEqual(TestResultStatement.Of(bundle))
                ? null
                : Wrong("its statement is about another bundle, or says what the bundle does not");
        }
        catch (FileNotFoundException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{bundle} is not signed: there is no {Path.GetFileName(file)} beside it.",
                inner: e
            );
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return Wrong(e is InvalidDataException ? e.Message : "it is no DSSE envelope");
        }
    }
}
