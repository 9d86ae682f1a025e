using System.Text;
using System.Text.Json;
using CsCheck;

namespace Sat.Records.Tests;

/// <summary>What strangers write must not steer a terminal, nor turn the text beside it.</summary>
[TestClass]
public sealed class VisibleTextTests
{
    [TestMethod]
    [DataRow("\u001b]0;PWNED\u0007\u001b[31mred", @"\u001b]0;PWNED\u0007\u001b[31mred")]
    [DataRow("\u009b31m and \u007f", @"\u009b31m and \u007f")]
    [DataRow("cat\u202egnp.exe\u2066x\u2069\u200e\u200f\u061c", @"cat\u202egnp.exe\u2066x\u2069\u200e\u200f\u061c")]
    [DataRow("over\rwritten", @"over\u000dwritten")]
    [DataRow("two\r\nlines\n\tand a tab", "two\r\nlines\n\tand a tab")]
    [DataRow("Überraschung, 中文, עברית, 😀, a\\b", "Überraschung, 中文, עברית, 😀, a\\b")]
    [DataRow("", "")]
    public void Controls_are_shown_by_their_codes_and_letters_stay(string text, string shown) =>
        Assert.AreEqual(shown, VisibleText.Escape(text));

    [TestMethod]
    public void No_text_holds_a_control_once_it_is_shown()
    {
        Gen.String[Gen.Char, 0, 40]
            .Sample(text =>
            {
                Assert.IsFalse(VisibleText.Escape(text).Replace("\r\n", "", StringComparison.Ordinal).Any(VisibleText.IsHidden));
                Assert.IsFalse(VisibleText.Line(text).Any(c => char.IsControl(c) || VisibleText.IsHidden(c)));
            });
    }

    [TestMethod]
    public void Every_control_of_Unicode_is_hidden_but_tab_and_line_feed()
    {
        for (var c = char.MinValue; c < char.MaxValue; c++)
            Assert.AreEqual(
                char.IsControl(c) && c is not '\n' and not '\t'
                    || "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".Contains(c),
                VisibleText.IsHidden(c),
                $"U+{(int)c:X4}"
            );
    }

    [TestMethod]
    public void A_document_of_JSON_stays_the_same_document()
    {
        Gen.String[Gen.Char[' ', '\u20ff'], 0, 40]
            .Sample(text =>
            {
                var json = JsonSerializer.Serialize(text, Json.SatJson.Compact);
                Assert.AreEqual(text, JsonSerializer.Deserialize<string>(VisibleText.Escape(json)));
            });
    }

    [TestMethod]
    public void No_line_of_a_message_passes_for_a_message_of_its_own()
    {
        Assert.AreEqual("unknown key 'a'\n  error: all is lost", VisibleText.Message("unknown key 'a'\nerror: all is lost\n"));
        Assert.AreEqual("a\n  b\n  c", VisibleText.Message("a\r\nb\rc"));
    }

    [TestMethod]
    [DataRow("=1+1", "'=1+1")]
    [DataRow("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [DataRow("-2+3", "'-2+3")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("＝1+1", "'＝1+1")]
    [DataRow("\t=1+1", "\"'\t=1+1\"")]
    [DataRow("\n=1+1", "\"'\n=1+1\"")]
    [DataRow("\r=1+1", @"'\u000d=1+1")]
    [DataRow("\r\n=1+1", "\"'\r\n=1+1\"")]
    [DataRow("\u001b[31m=1", @"'\u001b[31m=1")]
    [DataRow("a\u001b[31m", @"a\u001b[31m")]
    [DataRow("=\"a,b\"", "\"'=\"\"a,b\"\"\"")]
    [DataRow("-0.5", "-0.5")]
    [DataRow("+1e-3", "+1e-3")]
    [DataRow("a=b", "a=b")]
    [DataRow("a,b", "\"a,b\"")]
    public void A_cell_is_no_formula_and_steers_no_terminal(string cell, string written) =>
        Assert.AreEqual(
            $"name,other\r\n{written},1.5\r\n",
            Csv.Write(
                ["name", "other"],
                [
                    [cell, 1.5],
                ]
            )
        );

    [TestMethod]
    public void A_table_has_the_cells_that_were_put_into_it()
    {
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.OneOfConst('\n', '\t', '"', ',')), 0, 12]
            .Array[1, 4]
            .Sample(cells =>
            {
                var read = Read(Csv.Write([.. cells.Select((_, i) => $"c{i}")], [cells]));
                CollectionAssert.AreEqual(cells, read.Select((cell, i) => cell == "'" + cells[i] ? cells[i] : cell).ToArray());
            });
    }

    /// <summary>The second row of a table, read by RFC 4180.</summary>
    private static List<string> Read(string csv)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        var text = csv[(csv.IndexOf("\r\n", StringComparison.Ordinal) + 2)..^2];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(text[i]);
        }
        return [.. cells, cell.ToString()];
    }
}
