using System.Globalization;
using System.Text;

namespace Sat.Records.Pickles;

/// <summary>Texts as protocol 0 writes them.</summary>
internal static class PickledEscapes
{
    /// <summary>A text of Python 2 in quotes, with escapes as in its source.</summary>
    public static ReadOnlyMemory<byte> Bytes(string line)
    {
        var quoted = line.Trim();
        if (quoted.Length < 2 || quoted[0] is not ('\'' or '"') || quoted[^1] != quoted[0])
            throw PickleReader.Damaged();
        var bytes = new List<byte>(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                bytes.Add(quoted[i] <= 0xff ? (byte)quoted[i] : throw PickleReader.Damaged());
                continue;
            }
            if (++i >= quoted.Length - 1)
                throw PickleReader.Damaged();
            switch (quoted[i])
            {
                case 'x':
                    bytes.Add((byte)Hex(quoted, i + 1, 2));
                    i += 2;
                    break;
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 't':
                    bytes.Add((byte)'\t');
                    break;
                case '\\' or '\'' or '"':
                    bytes.Add((byte)quoted[i]);
                    break;
                default:
                    throw PickleReader.Damaged();
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A text with some characters as <c>\u0041</c>.</summary>
    public static string Text(string line)
    {
        if (!line.Contains('\\', StringComparison.Ordinal))
            return line;
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var digits =
                line[i] != '\\' || i + 1 == line.Length
                    ? 0
                    : line[i + 1] switch
                    {
                        'u' => 4,
                        'U' => 8,
                        _ => 0,
                    };
            if (digits == 0)
            {
                text.Append(line[i]);
                continue;
            }
            var code = Hex(line, i + 2, digits);
            if (digits == 4)
                text.Append((char)code);
            else
                text.Append(Rune.TryCreate(code, out var rune) ? rune.ToString() : throw PickleReader.Damaged());
            i += 1 + digits;
        }
        return text.ToString();
    }

    private static uint Hex(string text, int from, int digits) =>
        from + digits <= text.Length
        && uint.TryParse(text.AsSpan(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw PickleReader.Damaged();
}
