using System.Text;

namespace Sat.Fuzz.Tests;

/// <summary>Damages files as disks, editors and people do, each time the same for a seed.</summary>
internal static class Mutation
{
    private static readonly string[] Tokens =
    [
        "",
        "null",
        "true",
        "-1",
        "0",
        "1e999",
        "NaN",
        "99999999999999999999",
        "0x10",
        "\"\"",
        "{}",
        "[]",
        "[[[[[[[[",
        "}",
        "&a *a",
        "!!tag x",
        "\0",
        "é漢\u202e",
        "\r",
        "\t",
        "../../etc/passwd",
        "<script>",
        "2147483648",
        "-9223372036854775808",
    ];

    /// <summary>Some mutations of a file, one after the other.</summary>
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = original;
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes = Once(bytes, random);
        return bytes.AsSpan().SequenceEqual(original) ? [.. original, 0] : bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Max(2, Math.Min(64, bytes.Length - at)));
        var end = Math.Min(bytes.Length, at + length);
        switch (random.Next(8))
        {
            case 0:
                return [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]];
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..end], .. bytes[end..]];
            case 4:
                var noise = new byte[length];
                random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[end..]];
            case 5:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]), .. bytes[at..]];
            default:
                return Word(bytes, random);
        }
    }

    /// <summary>Puts a token, or another word of the file, in the place of a word: damage that parses.</summary>
    private static byte[] Word(byte[] bytes, Random random)
    {
        static bool IsWord(byte b) =>
            b
                is >= (byte)'0'
                    and <= (byte)'9'
                    or >= (byte)'a'
                    and <= (byte)'z'
                    or >= (byte)'A'
                    and <= (byte)'Z'
                    or (byte)'.'
                    or (byte)'-'
                    or (byte)'_';
        (int Start, int End) Around(int at)
        {
            while (at < bytes.Length && !IsWord(bytes[at]))
                at++;
            var (start, end) = (at, at);
            while (start > 0 && IsWord(bytes[start - 1]))
                start--;
            while (end < bytes.Length && IsWord(bytes[end]))
                end++;
            return (start, end);
        }
        var (start, end) = Around(random.Next(bytes.Length));
        var (otherStart, otherEnd) = Around(random.Next(bytes.Length));
        var word = random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]) : bytes[otherStart..otherEnd];
        return [.. bytes[..start], .. word, .. bytes[end..]];
    }
}
