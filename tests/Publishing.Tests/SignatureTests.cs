using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sat.Publishing.Signatures;
using Sat.Records;

namespace Sat.Publishing.Tests;

[TestClass]
public sealed class SignatureTests
{
    [TestMethod]
    [DataRow("nistP256", "SHA256")]
    [DataRow("nistP384", "SHA384")]
    [DataRow("nistP521", "SHA512")]
    public void A_bundle_is_signed_as_the_envelope_s_specification_says(string curve, string hash)
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeBundle.Make(folder, "sweep", runs: 3);
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        folder.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        var file = BundleSignature.Write(bundle, folder.At("key.pem"));
        Assert.IsNull(BundleSignature.Check(bundle, folder.At("public.pem")));

        // Read by hand: what is signed is the encoding of type and payload, and not the payload alone.
        var envelope = JsonNode.Parse(File.ReadAllText(file))!;
        var payload = Convert.FromBase64String((string)envelope["payload"]!);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload];
        var signature = Convert.FromBase64String((string)envelope["signatures"]![0]!["sig"]!);
        Assert.IsTrue(key.VerifyData(signed, signature, new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence));

        var statement = JsonNode.Parse(payload)!;
        Assert.AreEqual("https://in-toto.io/Statement/v1", (string?)statement["_type"]);
        Assert.AreEqual("https://in-toto.io/attestation/test-result/v0.1", (string?)statement["predicateType"]);
        var subjects = statement["subject"]!.AsArray();
        CollectionAssert.AllItemsAreUnique(subjects.Select(s => (string)s!["name"]!).ToArray());
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(bundle))), (string?)subjects[0]!["digest"]!["sha256"]);
    }

    [TestMethod]
    public void Another_key_another_bundle_or_a_changed_byte_is_found()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeBundle.Make(folder, "sweep", runs: 3);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        folder.Write("key.pem", key.ExportECPrivateKeyPem());
        folder.Write("other.pem", other.ExportSubjectPublicKeyInfoPem());
        var file = BundleSignature.Write(bundle, folder.At("key.pem"));
        Assert.Contains("was not signed by the key other.pem", BundleSignature.Check(bundle, folder.At("other.pem"))!.What);

        var random = new Random(1);
        var whole = File.ReadAllBytes(file);
        var hint = Encoding.UTF8.GetString(whole).IndexOf("\"keyid\"", StringComparison.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            byte[] changed = [.. whole];
            var at = random.Next(hint);
            changed[at] ^= (byte)(1 << random.Next(7));
            // Blanks between members say nothing.
            if (JsonNode.DeepEquals(Parsed(whole), Parsed(changed)))
                continue;
            File.WriteAllBytes(file, changed);
            Assert.AreEqual("sweep.zip.dsse.json", BundleSignature.Check(bundle, folder.At("key.pem"))?.File, $"byte {at}");
        }

        File.Copy(MadeBundle.Make(folder, "second", runs: 2), bundle, overwrite: true);
        File.WriteAllBytes(file, whole);
        Assert.Contains("another bundle", BundleSignature.Check(bundle, folder.At("key.pem"))!.What);
    }

    [TestMethod]
    public void What_is_no_key_or_not_signed_is_said()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeBundle.Make(folder, "sweep", runs: 1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(1024);
        folder.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        folder.Write(
            "locked.pem",
            key.ExportEncryptedPkcs8PrivateKeyPem(
                "secret",
                new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)
            )
        );
        folder.Write("rsa.pem", rsa.ExportPkcs8PrivateKeyPem());
        folder.Write("notes.txt", "no key");
        foreach (
            var (file, why) in new[]
            {
                ("public.pem", "no private key"),
                ("locked.pem", "needs a password"),
                ("rsa.pem", "no ECDSA key"),
                ("notes.txt", "no private key"),
                ("none.pem", "cannot be read"),
            }
        )
            Assert.Contains(why, Refused.With(ExitCode.Planning, () => BundleSignature.Write(bundle, folder.At(file))), file);
        Assert.Contains("is not signed", Refused.With(ExitCode.Environment, () => BundleSignature.Check(bundle, folder.At("public.pem"))));
    }

    private static JsonNode? Parsed(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
