using System.Globalization;
using Sat.Records.Settings;

namespace Sat.Records.Tests;

/// <summary>One answer to whether a run has some settings.</summary>
[TestClass]
public sealed class SettingMatchTests
{
    [TestMethod]
    [DataRow("0.4", "0.40", true)]
    [DataRow("0.4", "4e-1", true)]
    [DataRow("1", "01", true)]
    [DataRow("-0", "0", true)]
    [DataRow("0.4", "0.41", false)]
    [DataRow("sat", "SAT", false)]
    [DataRow("nan", "nan", true)]
    [DataRow("nan", "NaN", false)]
    [DataRow("", "0", false)]
    [DataRow("1,000", "1000", false)]
    public void Numbers_agree_however_they_are_written_and_texts_to_the_letter(string one, string other, bool agree)
    {
        Assert.AreEqual(agree, SettingMatch.Agree(one, other));
        Assert.AreEqual(agree, SettingMatch.Agree(other, one), "both ways");
        Assert.AreEqual(one == other, SettingMatch.Agree(one, other, isText: true));
    }

    [TestMethod]
    public void Any_selection_drawn_from_a_run_agrees_with_it_and_with_no_run_that_differs_in_it()
    {
        var random = new Random(16);
        string[] values = ["sat", "erm", "0.4", "1e-3", "true", "", "a b", "2", "0"];
        for (var i = 0; i < 2000; i++)
        {
            var run = Enumerable.Range(0, 6).ToDictionary(n => $"s{n}", _ => values[random.Next(values.Length)]);
            var wanted = run.Where(_ => random.Next(2) == 0).ToDictionary(s => s.Key, s => Rewritten(s.Value, random));
            Assert.IsTrue(SettingMatch.Agree(run, wanted));
            if (wanted.Count == 0)
                continue;

            var name = wanted.Keys.ElementAt(random.Next(wanted.Count));
            var other = values.Where(v => v != run[name]).ElementAt(random.Next(values.Length - 1));
            Assert.IsFalse(
                SettingMatch.Agree(new Dictionary<string, string>(run) { [name] = other }, wanted),
                $"{run[name]} became {other}"
            );
            var without = new Dictionary<string, string>(run);
            without.Remove(name);
            Assert.IsFalse(SettingMatch.Agree(without, wanted), "a setting that the run does not have");
        }
    }

    /// <summary>The same value, written another way.</summary>
    private static string Rewritten(string value, Random random) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && random.Next(2) == 0
            ? number.ToString("E4", CultureInfo.InvariantCulture)
            : value;
}
