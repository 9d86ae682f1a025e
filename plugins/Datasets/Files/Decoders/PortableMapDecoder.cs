using System.Globalization;

namespace Sat.Datasets.Files.Decoders;

/// <summary>Decodes Netpbm's formats PBM, PGM and PPM, written as text or bytes (P1 to P6):
/// https://netpbm.sourceforge.net/doc/ppm.html</summary>
static class PortableMapDecoder
{
    private const int MostOfSample = 65535;

    /// <summary>True if a file begins as one of them.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) =>
        file is [(byte)'P', >= (byte)'1' and <= (byte)'6', var next, ..] && (IsBlank(next) || next == '#');

    /// <summary>Decodes an image; the first one, of several. A sample x becomes round(255 x / maxval).</summary>
    /// <exception cref="InvalidDataException">It is damaged, or too large.</exception>
    public static RgbImage Decode(byte[] file, ImageLimit limit)
    {
        var kind = file[1] - '0';
        var (bitmap, colour, text) = (kind is 1 or 4, kind is 3 or 6, kind <= 3);
        var reader = new Reader(file);
        var (width, height) = (reader.Number(), reader.Number());
        var most = bitmap ? 1 : reader.Number();
        if (most is < 1 or > MostOfSample)
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it is damaged: its largest value is stated as {most}, but must be from 1 to {MostOfSample}"
                )
            );
        // A blank, one alone, is between the header and bytes.
        reader.Skip(text ? 0 : 1);
        return limit.Decode(width, height, () =>
        {
            var samples = colour ? 3 : 1;
            var size = most > byte.MaxValue ? 2 : 1;
            var row = bitmap ? (width + 7) / 8 : width * samples * size;
            // Editors of Windows write a line break of two characters in place of the blank.
            if (!text && reader.Left > row * height && reader.Byte(-1) == '\r' && reader.Byte(0) == '\n')
                reader.Skip(1);
            // As text, a sample is one character at least.
            if (reader.Left < (text ? width * height * samples : row * height))
                throw new InvalidDataException("it is cut off");
            var rgba = new byte[width * height * RgbImage.BytesPerPixel];
            for (var (y, to) = (0L, 0L); y < height; y++)
            {
                for (long x = 0; x < width; x++, to += RgbImage.BytesPerPixel)
                {
                    for (var channel = 0; channel < samples; channel++)
                    {
                        var value = (text, bitmap) switch
                        {
                            (true, true) => reader.Bit(),
                            (true, false) => reader.Number(),
                            (false, true) => reader.Byte(y * row + x / 8) >> (int)(7 - x % 8) & 1,
                            _ when size == 2 => reader.Byte(y * row + (x * samples + channel) * 2) << 8
                                | reader.Byte(y * row + (x * samples + channel) * 2 + 1),
                            _ => reader.Byte(y * row + x * samples + channel),
                        };
                        if (value > most)
                            throw new InvalidDataException(
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"it is damaged: a value is {value}, but the largest is stated as {most}"
                                )
                            );
                        // Of a bitmap, 1 is black.
                        rgba[to + channel] = (byte)Math.Round((bitmap ? 1 - value : value) * (double)byte.MaxValue / most);
                    }
                    if (samples == 1)
                        rgba[to + 1] = rgba[to + 2] = rgba[to];
                }
            }
            return new RgbImage(rgba, (int)width, (int)height);
        });
    }

    private static bool IsBlank(byte character) =>
        character is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    /// <summary>Reads numbers, with comments between them, and bytes behind them.</summary>
    private sealed class Reader(byte[] file)
    {
        private int _at = 2;

        public long Left => file.Length - _at;

        /// <summary>A byte, counted from here.</summary>
        public int Byte(long position) => file[_at + position];

        public void Skip(int bytes) => _at += bytes;

        public long Number()
        {
            ToNext();
            var number = 0L;
            var start = _at;
            for (; _at < file.Length && file[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
            {
                number = number * 10 + file[_at] - '0';
                if (number > uint.MaxValue)
                    throw new InvalidDataException("it is damaged: a number is too large");
            }
            return _at > start ? number : throw Damaged();
        }

        /// <summary>Bits of a text need no blank between them.</summary>
        public long Bit()
        {
            ToNext();
            return _at < file.Length && file[_at] is (byte)'0' or (byte)'1' ? file[_at++] - '0' : throw Damaged();
        }

        private void ToNext()
        {
            while (_at < file.Length && (IsBlank(file[_at]) || file[_at] == '#'))
            {
                if (file[_at] == '#')
                    _at = Array.IndexOf(file, (byte)'\n', _at) is >= 0 and var end ? end : file.Length - 1;
                _at++;
            }
        }

        private InvalidDataException Damaged() => new(_at >= file.Length ? "it is cut off" : "it is damaged: a number is missing");
    }
}
