using System.Buffers.Binary;

namespace Sat.Datasets.Files.Decoders;

/// <summary>
/// The first directory of a TIFF file, as far as it must be sound before a library reads it: memory is taken for what an entry states, so
/// each must lie within the file.
/// </summary>
static class TiffDirectory
{
    private const ulong Width = 256;
    private const ulong Height = 257;
    private const ulong StripOffsets = 273;
    private const ulong Orientation = 274;
    private const ulong SamplesPerPixel = 277;
    private const ulong RowsPerStrip = 278;
    private const ulong StripByteCounts = 279;
    private const ulong Planes = 284;
    private const ulong TileWidth = 322;
    private const ulong TileHeight = 323;
    private const ulong TileOffsets = 324;
    private const ulong TileByteCounts = 325;

    /// <summary>The stated size of the image.</summary>
    /// <exception cref="InvalidDataException">The directory states more than the file holds, or is cut off.</exception>
    public static (long Width, long Height) SizeOf(ReadOnlySpan<byte> file)
    {
        var big = file[0] == 'M';
        var wide = Number(file, 2, 2, big) == 43;
        var (word, entry) = wide ? (8, 20) : (4, 12);
        var start = Number(file, wide ? 8 : 4, word, big);
        var count = Number(file, start, wide ? 8 : 2, big);
        start += (ulong)(wide ? 8 : 2);
        if (count > (ulong)(file.Length / entry))
            throw Beyond();
        // What each tag has first, and how many.
        var (first, many) = (new Dictionary<ulong, ulong>(), new Dictionary<ulong, ulong>());
        for (var at = start; at < start + count * (ulong)entry; at += (ulong)entry)
        {
            var tag = Number(file, at, 2, big);
            var size = SizeOf(Number(file, at + 2, 2, big));
            var values = Number(file, at + 4, word, big);
            if (values > (ulong)file.Length)
                throw Beyond();
            var bytes = values * size;
            var place = bytes <= (ulong)word ? at + 4 + (ulong)word : Number(file, at + 4 + (ulong)word, word, big);
            if (place > (ulong)file.Length || bytes > (ulong)file.Length - place)
                throw Beyond();
            if (bytes == 0)
                continue;
            first[tag] = Number(file, place, (int)size, big);
            many[tag] = values;
            for (var i = 0UL; tag is StripByteCounts or TileByteCounts && i < values; i++)
            {
                if (Number(file, place + i * size, (int)size, big) > (ulong)file.Length)
                    throw Beyond();
            }
        }
        if (
            !first.TryGetValue(Width, out var width)
            || !first.TryGetValue(Height, out var height)
            || width > uint.MaxValue
            || height > uint.MaxValue
        )
            throw new InvalidDataException("it is damaged: its size is missing");
        if (width > 0 && height > 0)
            RequireParts(first, many, width, height);
        return ((long)width, (long)height);
    }

    /// <summary>The orientation, from 1 to 8, that EXIF states in such a directory; null: none.</summary>
    public static int? OrientationOf(ReadOnlySpan<byte> exif)
    {
        if (!TiffDecoder.Knows(exif) || exif.Length < 8)
            return null;
        var big = exif[0] == 'M';
        try
        {
            var start = Number(exif, 4, 4, big);
            var count = Number(exif, start, 2, big);
            for (var at = start + 2; at < start + 2 + count * 12; at += 12)
            {
                if (Number(exif, at, 2, big) == Orientation)
                    return Number(exif, at + 8, 2, big) is >= 1 and <= 8 and var orientation ? (int)orientation : null;
            }
        }
        catch (InvalidDataException)
        {
            // Damaged metadata leave the image as it is.
        }
        return null;
    }

    /// <summary>Of each strip or tile it must say where it is.</summary>
    private static void RequireParts(Dictionary<ulong, ulong> first, Dictionary<ulong, ulong> many, ulong width, ulong height)
    {
        static ulong Parts(ulong length, ulong part) => (length + part - 1) / part;
        var tiled = first.TryGetValue(TileWidth, out var across) | first.TryGetValue(TileHeight, out var down);
        if (!tiled)
            (across, down) = (width, Math.Min(height, first.GetValueOrDefault(RowsPerStrip, height)));
        var planes = first.GetValueOrDefault(Planes, 1UL) == 2 ? first.GetValueOrDefault(SamplesPerPixel, 1UL) : 1;
        if (
            across is 0 or > int.MaxValue
            || down is 0 or > int.MaxValue
            || planes > ushort.MaxValue
            || (UInt128)Parts(width, across) * Parts(height, down) * planes > many.GetValueOrDefault(tiled ? TileOffsets : StripOffsets)
        )
        {
            throw new InvalidDataException("it is damaged: it does not say where its pixels are");
        }
    }

    private static ulong SizeOf(ulong type) =>
        type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            // Unknown: passed over by readers.
            _ => 0,
        };

    private static ulong Number(ReadOnlySpan<byte> file, ulong at, int size, bool big)
    {
        if (at > (ulong)file.Length || (ulong)file.Length - at < (ulong)size)
            throw Beyond();
        var bytes = file.Slice((int)at, size);
        return size switch
        {
            1 => bytes[0],
            2 => big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => big ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private static ulong Number(ReadOnlySpan<byte> file, int at, int size, bool big) => Number(file, (ulong)at, size, big);

    private static InvalidDataException Beyond() => new("it is cut off or damaged: its directory leads beyond its end");
}
