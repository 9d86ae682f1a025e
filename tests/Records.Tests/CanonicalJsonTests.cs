using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Sat.Records.Json;

namespace Sat.Records.Tests;

/// <summary>RFC 8785.</summary>
[TestClass]
public class CanonicalJsonTests
{
    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.Bool.Select(v => (JsonNode?)v),
        Gen.Double.Where(double.IsFinite).Select(v => (JsonNode?)v),
        Gen.Long[-(1L << 53), 1L << 53].Select(v => (JsonNode?)v),
        Text().Select(v => (JsonNode?)v)
    );

    private static Gen<string> Text() =>
        Gen.Char[(char)0, '\uffff'].Array[0, 12].Select(c => new string(c)).Where(s => s.EnumerateRunes().All(r => r.Value != 0xfffd));

    private static Gen<JsonNode?> Tree(int depth) =>
        depth == 0
            ? Scalar
            : Gen.Frequency(
                (2, Scalar),
                (1, Tree(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray(items))),
                (
                    1,
                    Gen.Select(Text(), Tree(depth - 1))
                        .Array[0, 4]
                        .Select(items =>
                            (JsonNode?)new JsonObject(items.DistinctBy(i => i.Item1).Select(i => KeyValuePair.Create(i.Item1, i.Item2)))
                        )
                )
            );

    /// <summary>Appendix B, its bit patterns and its texts.</summary>
    [TestMethod]
    [DataRow("0000000000000000", "0")]
    [DataRow("8000000000000000", "0")]
    [DataRow("0000000000000001", "5e-324")]
    [DataRow("8000000000000001", "-5e-324")]
    [DataRow("7fefffffffffffff", "1.7976931348623157e+308")]
    [DataRow("ffefffffffffffff", "-1.7976931348623157e+308")]
    [DataRow("4340000000000000", "9007199254740992")]
    [DataRow("c340000000000000", "-9007199254740992")]
    [DataRow("4430000000000000", "295147905179352830000")]
    [DataRow("44b52d02c7e14af5", "9.999999999999997e+22")]
    [DataRow("44b52d02c7e14af6", "1e+23")]
    [DataRow("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [DataRow("444b1ae4d6e2ef4e", "999999999999999700000")]
    [DataRow("444b1ae4d6e2ef4f", "999999999999999900000")]
    [DataRow("444b1ae4d6e2ef50", "1e+21")]
    [DataRow("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [DataRow("3eb0c6f7a0b5ed8d", "0.000001")]
    [DataRow("41b3de4355555553", "333333333.3333332")]
    [DataRow("41b3de4355555554", "333333333.33333325")]
    [DataRow("41b3de4355555555", "333333333.3333333")]
    [DataRow("41b3de4355555556", "333333333.3333334")]
    [DataRow("41b3de4355555557", "333333333.33333343")]
    [DataRow("becbf647612f3696", "-0.0000033333333333333333")]
    [DataRow("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_written_as_the_appendix_has_them(string bits, string expected) =>
        Assert.AreEqual(
            expected,
            CanonicalJson.Write(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
        );

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    [DataRow(double.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused(double value) =>
        Assert.ThrowsExactly<ArgumentException>(() => CanonicalJson.Write(new JsonArray(JsonValue.Create(value))));

    [TestMethod]
    public void A_number_too_large_for_a_double_is_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => CanonicalJson.Write(JsonNode.Parse("[1e400]")));

    /// <summary>Section 3.2.2, its example and its result.</summary>
    [TestMethod]
    public void The_example_of_the_standard_comes_out_as_it_has_it()
    {
        var input = JsonNode.Parse(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """
        );
        Assert.AreEqual(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            CanonicalJson.Write(input)
        );
    }

    /// <summary>Section 3.2.3: by UTF-16 code units, so that an emoji (a surrogate pair) stands before U+FB33.</summary>
    [TestMethod]
    public void Keys_are_sorted_by_their_code_units()
    {
        var keys = new[] { "\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6" };
        var map = new JsonObject(keys.Select(k => KeyValuePair.Create(k, (JsonNode?)k)));
        var sorted = JsonNode.Parse(CanonicalJson.Write(map))!.AsObject().Select(p => p.Key).ToArray();
        CollectionAssert.AreEqual(new[] { "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33" }, sorted);
    }

    [TestMethod]
    public void Only_what_must_be_escaped_is_escaped() =>
        Assert.AreEqual(
            "\"" + """\u0000\u001f\b\t\n\f\r\"\\/<>&'é""" + "\u007f\u2028\"",
            CanonicalJson.Write("\0\u001f\b\t\n\f\r\"\\/<>&'é\u007f\u2028")
        );

    [TestMethod]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => CanonicalJson.Write("a\ud83d"));
        Assert.ThrowsExactly<ArgumentException>(() => CanonicalJson.Write(new JsonObject { ["\ude00"] = 1 }));
        Assert.AreEqual("\"\ufffd\"", CanonicalJson.Write("\ufffd"));
    }

    [TestMethod]
    public void What_is_written_reads_back_equal_and_is_written_the_same_again() =>
        Tree(3)
            .Sample(
                tree =>
                {
                    var text = CanonicalJson.Write(tree);
                    var read = JsonNode.Parse(text);
                    Assert.IsTrue(JsonNode.DeepEquals(Normal(tree), Normal(read)), text);
                    Assert.AreEqual(text, CanonicalJson.Write(read));
                },
                iter: 2000
            );

    [TestMethod]
    public void Every_double_reads_back_to_its_last_bit_from_no_more_than_17_digits() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(
                value =>
                {
                    var text = CanonicalJson.Write(value);
                    Assert.AreEqual(value == 0 ? 0 : value, double.Parse(text, CultureInfo.InvariantCulture), text);
                    var mantissa = text.Split('e')[0].Replace(".", "").TrimStart('-', '0').TrimEnd('0');
                    Assert.IsLessThanOrEqualTo(17, mantissa.Length, text);
                },
                iter: 20_000
            );

    [TestMethod]
    public void The_spelling_of_a_number_and_the_order_of_names_change_no_hash()
    {
        var hashes = new[] { """{"rate":0.4,"n":1}""", """{"n":1.0,"rate":0.40}""", """{ "n" : 1e0, "rate" : 4e-1 }""" }
            .Select(json => CanonicalJson.Hash(JsonNode.Parse(json)))
            .Distinct()
            .ToArray();
        // sha256sum of {"n":1,"rate":0.4}
        Assert.AreEqual("0e810542c261336dd4b96c4b79cc3ed76bd211e9c97ac302e8277f0c6da171ea", hashes.Single());
    }

    /// <summary>The trees' numbers as doubles, for comparison.</summary>
    private static JsonNode? Normal(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Normal(p.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Normal)]),
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => double.Parse(
                value.ToJsonString(),
                CultureInfo.InvariantCulture
            ) + 0.0,
            _ => node?.DeepClone(),
        };
}
