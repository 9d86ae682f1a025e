using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Sat.Publishing.Tests;

/// <summary>The formats of a bundle, as libraries of others read them: JSON-LD by jsonld.js, RO-Crate by ro-crate-js, CITATION.cff by
/// Citation.js.</summary>
[TestClass]
public sealed class ReaderTests
{
    [TestMethod]
    public void Libraries_of_others_read_what_describes_a_bundle()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeBundle.Make(folder, "sweep");
        ZipFile.ExtractToDirectory(bundle, folder.At("bundle"));
        Directory.CreateDirectory(folder.At("readers"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Readers")))
            File.Copy(file, folder.At($"readers/{Path.GetFileName(file)}"));
        if (Run("npm", "--version").Code != 0)
            Assert.Inconclusive("npm is not installed, and the readers come from there");
        var (code, _, error) = Run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.AreEqual(0, code, error);

        var checkedBundle = Run("node", "check.cjs", folder.At("bundle"));
        Assert.AreEqual(0, checkedBundle.Code, checkedBundle.Error);
        var said = JsonNode.Parse(checkedBundle.Output)!;
        Assert.IsEmpty(said["problems"]!.AsArray(), said["problems"]!.ToJsonString());
        Assert.AreEqual("Label noise on CIFAR-10", (string?)said["title"]);
        Assert.AreEqual("Lovelace", (string?)said["authors"]![0]!["family"]);
        Assert.AreEqual("https://orcid.org/0000-0002-1825-0097", (string?)said["authors"]![0]!["_orcid"]);

        // They would object: a term that no context has, and a crate without a licence.
        var crate = folder.At("bundle/ro-crate-metadata.json");
        var text = File.ReadAllText(crate);
        File.WriteAllText(crate, text.Replace("\"license\"", "\"licenze\"", StringComparison.Ordinal));
        Assert.Contains("licenze", Run("node", "check.cjs", folder.At("bundle")).Error);
        File.WriteAllText(crate, text.Replace("\"license\"", "\"url\"", StringComparison.Ordinal));
        Assert.Contains("license", Run("node", "check.cjs", folder.At("bundle")).Output);

        (int Code, string Output, string Error) Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(
                    new ProcessStartInfo(program, arguments)
                    {
                        WorkingDirectory = folder.At("readers"),
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                        UseShellExecute = false,
                    }
                )!;
                var errors = process.StandardError.ReadToEndAsync();
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return (process.ExitCode, output, errors.Result);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return (-1, "", "");
            }
        }
    }
}
