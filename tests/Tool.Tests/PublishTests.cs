using System.Security.Cryptography;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>From an output folder to a bundle that somebody else checks and repeats.</summary>
[TestClass]
public sealed class PublishTests
{
    private static readonly string Earlier = Path.Combine(Places.Repository, "tests", "Tool.Tests", "Earlier", "0.1.0");

    [TestMethod]
    public async Task A_person_is_asked_once_and_a_stranger_checks_and_repeats_what_was_published()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        using (var terminal = Pty.Start(workshop, string.Join(' ', TestedTool.Program.Append("publish out"))))
        {
            await Answer(terminal, "Title: ", "Noise: a study");
            await Answer(terminal, "[CC-BY-4.0]: ", "");
            await Answer(terminal, "given names: ", "Ada");
            await Answer(terminal, "family names: ", "Lovelace");
            await Answer(terminal, "ORCID, or nothing: ", "0000-0002-1825-0079");
            await terminal.Until("is none");
            await Answer(terminal, "ORCID, or nothing: ", "0000-0002-1825-0097");
            await Answer(terminal, "Affiliation, or nothing: ", "");
            await terminal.Until("out.zip");
            await terminal.Until("questions of the checklist are open");
        }
        Assert.Contains("title: \"Noise: a study\"", await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "out", "about.yaml")));
        var first = await File.ReadAllBytesAsync(Path.Combine(workshop.Folder, "out.zip"));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        workshop.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        workshop.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        var publish = await workshop.Sat("publish", "out", "--sign", "key.pem");
        Assert.AreEqual(ExitCode.Fine, publish.ExitCode, publish.Error);
        CollectionAssert.AreEqual(
            first,
            await File.ReadAllBytesAsync(Path.Combine(workshop.Folder, "out.zip")),
            "asked or not, the same bytes"
        );

        var verify = await workshop.Sat("verify", "out.zip", "--key", "public.pem", "--run", "6286a36acda2");
        Assert.Contains("2 runs: all hashes hold", verify.Out);
        Assert.Contains("The report, made again, is the same to the byte.", verify.Out);
        Assert.Contains("The signature is by the key public.pem", verify.Out);
        // To the bit where the processor has the same vector instructions.
        if (verify.Out.Contains("6286a36acda2 identical", StringComparison.Ordinal))
            Assert.AreEqual(ExitCode.Fine, verify.ExitCode, verify.Error);
        else
            Assert.MatchesRegex("cpu|convolution-kernels", verify.Out);
    }

    [TestMethod]
    public async Task What_is_private_stops_publishing_and_leaves_nothing_behind()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        workshop.Write(
            "about.yaml",
            "title: T\nlicence: MIT\nauthors: [{ given-names: A, family-names: B }]\nanswers: { data: the-hub-secret }\n"
        );
        workshop.Variables["HUB_TOKEN"] = "the-hub-secret";
        var refused = await workshop.Sat("publish", "out", "--about", "about.yaml");
        Assert.AreEqual(ExitCode.Environment, refused.ExitCode);
        Assert.Contains("publication.json:", refused.Error);
        Assert.Contains("the value of HUB_TOKEN", refused.Error);
        Assert.DoesNotContain("the-hub-secret", refused.Error);
        Assert.IsFalse(File.Exists(Path.Combine(workshop.Folder, "out.zip")));
    }

    private static async Task Answer(Pty terminal, string question, string answer)
    {
        await terminal.Until(question);
        terminal.Type(answer + "\n");
    }
}
