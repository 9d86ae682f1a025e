using Sat.Records;
using Sat.Records.Settings;
using Sat.Sweeps.Studies;
using Sat.Yaml;

namespace Sat.Sweeps.Tests;

[TestClass]
public class StudyReaderTests
{
    [TestMethod]
    [DataRow("a: [1, 2", "study.yaml:1: this is not well-formed YAML: ")]
    [DataRow("a: 1\nb: {c: 2\nd: 3\n", "study.yaml:2: this is not well-formed YAML: ")]
    [DataRow("a: 1\nb:\n\tc: 2\n", "study.yaml:3: this line is indented by a tab. YAML needs spaces.")]
    [DataRow("a: 1\nb: 2\na: 3\n", "study.yaml:3: 'a' is given twice, first in line 1. Keep one.")]
    [DataRow("a:\n  b: 2\n  b: 3\n", "study.yaml:3: 'b' is given twice, first in line 2. Keep one.")]
    [DataRow("a: 1\n---\nb: 2\n", "study.yaml:2: a second YAML document begins here. Put each into a file of its own.")]
    [DataRow("", "study.yaml:1: the file is empty. ")]
    [DataRow("# nothing\n", "study.yaml:1: the file is empty. ")]
    [DataRow("- a\n- b\n", "study.yaml:1: a study is a map of names to values")]
    [DataRow("just text\n", "study.yaml:1: a study is a map of names to values")]
    [DataRow("a: 1\nb: *common\n", "study.yaml:2: ")]
    [DataRow("a: 1\n? [x, y]\n: 2\n", "study.yaml:2: a name must be a plain text")]
    [DataRow("a: &a 1\nb:\n  <<: *a\n", "study.yaml:3: '<<' takes one or several maps")]
    public void A_file_that_is_no_study_is_refused_with_its_line(string text, string expected)
    {
        var error = Assert.ThrowsExactly<SatException>(() => YamlReader.Read(text, "study.yaml", Study.Kind));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.HasCount(1, error.Problems);
        Assert.StartsWith(expected, error.Problems[0].ToString());
    }

    [TestMethod]
    public void A_file_in_another_encoding_than_it_says_is_refused_and_UTF_16_with_its_mark_is_read()
    {
        using var folder = new TemporaryFolder();
        var study = "name: caf\u00e9\n";
        folder.Write("latin.yaml", System.Text.Encoding.Latin1.GetBytes(study));
        folder.Write("wide.yaml", [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes(study)]);

        var error = Assert.ThrowsExactly<SatException>(() => Study.Load(folder.At("latin.yaml")));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("not valid UTF-8", error.Message);
        Assert.Contains("'caf\u00e9'", Study.Load(folder.At("wide.yaml")).Problems[0].Message);
    }

    /// <summary>Another seed tries other texts: set SAT_FUZZ_SEED.</summary>
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("SAT_FUZZ_SEED") ?? "1",
        System.Globalization.CultureInfo.InvariantCulture
    );

    [TestMethod]
    public void Whatever_is_written_is_a_study_or_refused_in_a_sentence()
    {
        const string whole = "name: x\ndefaults: &d\n  model: { id: small, width: [1, 2] }\nmatrix:\n  - <<: *d\n    \"a b\": 'c'\n";
        const string junk = "\t\n {}[]:,&*#|>-?'\"%@`!<\\ab\0";
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var at = random.Next(whole.Length);
            var text = whole
                .Remove(at, Math.Min(random.Next(13), whole.Length - at))
                .Insert(at, new string(random.GetItems<char>(junk, random.Next(7))));
            try
            {
                _ = YamlReader.Read(text, "study.yaml", Study.Kind);
            }
            catch (SatException e)
            {
                Assert.IsTrue(e.Problems.Single().At!.Line >= 1, text);
            }
            catch (Exception e) when (e is not UnitTestAssertException)
            {
                Assert.Fail($"seed {Seed}, text {i}: {e.GetType().Name} {e.Message}\n{text}");
            }
        }
    }

    [TestMethod]
    public void Settings_know_their_lines_and_columns()
    {
        var read = YamlReader.Read("a: 1\nb:\n  - x\n  - {c: 2}\n", "f.yaml", Study.Kind);
        var list = (ListSetting)read["b"]!;
        Assert.AreEqual(new SourceLocation("f.yaml", 1, 4), read["a"]!.At);
        Assert.AreEqual(new SourceLocation("f.yaml", 3, 5), list.Items[0].At);
        Assert.AreEqual(new SourceLocation("f.yaml", 4, 9), ((MapSetting)list.Items[1])["c"]!.At);
    }

    [TestMethod]
    public void Anchors_and_merge_keys_are_resolved_and_own_names_win()
    {
        var read = YamlReader.Read("a: &a {x: 1, y: 2}\nb: *a\nc:\n  <<: *a\n  y: 3\n", "f.yaml", Study.Kind);
        Assert.AreEqual("2", ((ScalarSetting)((MapSetting)read["b"]!)["y"]!).Text);
        Assert.AreEqual("1", ((ScalarSetting)((MapSetting)read["c"]!)["x"]!).Text);
        Assert.AreEqual("3", ((ScalarSetting)((MapSetting)read["c"]!)["y"]!).Text);
    }

    [TestMethod]
    public void Aliases_that_unfold_without_end_are_refused()
    {
        var lines = new List<string> { "a0: &a0 [x, x, x, x, x, x, x, x, x, x]" };
        for (var i = 1; i < 12; i++)
            lines.Add($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        var error = Assert.ThrowsExactly<SatException>(() => YamlReader.Read(string.Join('\n', lines), "f.yaml", Study.Kind));
        Assert.Contains("unfold to more than", error.Message);
    }

    [TestMethod]
    public void Settings_that_lie_too_deep_are_refused()
    {
        var error = Assert.ThrowsExactly<SatException>(() =>
            YamlReader.Read("a: " + new string('[', 500) + new string(']', 500), "f.yaml", Study.Kind)
        );
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
    }
}
