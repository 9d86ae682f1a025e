using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Sat.Datasets.Files.Decoders;

/// <summary>The parts of a PNG file: https://www.w3.org/TR/png-3/#5DataRep</summary>
static class PngChunks
{
    /// <summary>Length, type and checksum of a chunk.</summary>
    private const int Frame = 12;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(b => Remainder((uint)b))];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>True if a file begins as one.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>How the camera was held that took the picture, as an eXIf chunk says; upright without one.</summary>
    public static SKEncodedOrigin Origin(byte[] file)
    {
        try
        {
            foreach (var (type, content) in Read(file))
            {
                if (type == "eXIf" && TiffDirectory.OrientationOf(content.Span) is { } orientation)
                    return (SKEncodedOrigin)orientation;
            }
        }
        catch (InvalidDataException)
        {
            // Who decodes the pixels says what is wrong with the file.
        }
        return SKEncodedOrigin.TopLeft;
    }

    /// <summary>Types and contents, up to the end of the image, without damaged ones that can be done without.</summary>
    /// <exception cref="InvalidDataException">While they are read: one is cut off, or has another checksum.</exception>
    public static IEnumerable<(string Type, ReadOnlyMemory<byte> Content)> Read(byte[] file)
    {
        var at = Signature.Length;
        while (true)
        {
            if (file.Length - at < Frame)
                throw new InvalidDataException("it is cut off");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - Frame)
                throw new InvalidDataException("it is cut off");
            var checksum = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + (int)length));
            var sound = Checksum(file.AsSpan(at + 4, 4 + (int)length)) == checksum;
            // A small letter begins the types of what can be done without.
            if (!sound && !char.IsAsciiLetterLower((char)file[at + 4]))
                throw new InvalidDataException("it is damaged: a checksum is wrong");
            var type = Encoding.Latin1.GetString(file, at + 4, 4);
            if (type == "IEND")
                yield break;
            if (sound)
                yield return (type, file.AsMemory(at + 8, (int)length));
            at += Frame + (int)length;
        }
    }

    /// <summary>CRC-32.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
            sum = Remainders[(byte)(sum ^ b)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
