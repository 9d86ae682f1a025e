using System.Text.Json;
using CsCheck;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Analyzers.Tests;

[TestClass]
public sealed class NamesTests
{
    [TestMethod]
    [DataRow("StartEpoch")]
    [DataRow("K")]
    [DataRow("MCDropout")]
    [DataRow("L2")]
    [DataRow("Beta1")]
    [DataRow("UseBF16Here")]
    [DataRow("Start_Epoch")]
    [DataRow("ÄrgerÖl")]
    [DataRow("naïve2Name")]
    [DataRow("_x")]
    public void An_option_is_named_as_its_JSON_is(string property) =>
        Assert.AreEqual(JsonNamingPolicy.KebabCaseLower.ConvertName(property), KebabCase.Of(property));

    [TestMethod]
    public void So_is_any_text() =>
        Gen.Char["abzABZ019_ -äÄßǅⅣ٣"]
            .Array[0, 12]
            .Sample(characters =>
            {
                var name = new string(characters);
                return JsonNamingPolicy.KebabCaseLower.ConvertName(name) == KebabCase.Of(name);
            });
}
