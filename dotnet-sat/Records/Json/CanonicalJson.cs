using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sat.Records.Json;

/// <summary>RFC 8785, the JSON Canonicalization Scheme: one text for one value, so that hashes can name values.</summary>
public static class CanonicalJson
{
    /// <summary>What is escaped, or may be half a surrogate pair.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create([
        '"',
        '\\',
        .. Enumerable.Range(0, ' ').Select(c => (char)c),
        .. Enumerable.Range(0xD800, 0xE000 - 0xD800).Select(c => (char)c),
    ]);

    /// <summary>The canonical text of a tree. Numbers are IEEE 754 doubles, as the RFC has it.</summary>
    /// <exception cref="ArgumentException">A number is not finite, or a text holds half a surrogate pair.</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>SHA-256 of the canonical text in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(node))));

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    if (!first)
                        text.Append(',');
                    first = false;
                    AppendString(text, name);
                    text.Append(':');
                    Append(text, value);
                }
                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, list[i]);
                }
                text.Append(']');
                break;
            default:
                AppendScalar(text, node);
                break;
        }
    }

    private static void AppendScalar(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.String:
                AppendString(text, node.GetValue<string>());
                break;
            default:
                text.Append(Number(Double(node)));
                break;
        }
    }

    /// <summary>A number's value; of one that was read, without its text.</summary>
    private static double Double(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<JsonElement>(out var read)
            ? read.GetDouble()
            : double.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>ECMAScript's Number::toString, which the RFC prescribes.</summary>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{value} has no canonical JSON form", nameof(value));
        if (value == 0)
            return "0";
        // "E16" would round: the shortest round-trip digits come from "R".
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Digits(shortest);
        var sign = value < 0 ? "-" : "";
        return sign
            + point switch
            {
                > 21 or <= -6 => Exponential(digits, point - 1),
                <= 0 => "0." + new string('0', -point) + digits,
                _ when point >= digits.Length => digits + new string('0', point - digits.Length),
                _ => digits[..point] + "." + digits[point..],
            };
    }

    /// <summary>Significant digits d1 d2 ... and the n of 0.d1d2... x 10^n.</summary>
    private static (string Digits, int Point) Digits(string text)
    {
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var exponent =
            exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), point - leading);
    }

    private static string Exponential(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }

    private static void AppendString(StringBuilder text, string value)
    {
        if (!value.AsSpan().ContainsAny(Special))
        {
            text.Append('"').Append(value).Append('"');
            return;
        }
        if (
            value.EnumerateRunes().Any(r => r == Rune.ReplacementChar)
            && !Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)).Equals(value, StringComparison.Ordinal)
        )
            throw new ArgumentException("a text with half a surrogate pair has no canonical JSON form", nameof(value));
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
