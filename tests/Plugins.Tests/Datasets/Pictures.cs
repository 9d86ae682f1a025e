using System.Buffers.Binary;

namespace Sat.Datasets.Tests;

/// <summary>Small picture files.</summary>
static class Pictures
{
    /// <summary>Bitmap files are simple enough to be written by hand, and lossless.</summary>
    public static byte[] Bmp(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var row = (width * 3 + 3) / 4 * 4;
        var file = new byte[54 + row * height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = colour(x, y);
                ((byte[])[blue, green, red]).CopyTo(file, 54 + (height - 1 - y) * row + x * 3);
            }
        }
        return file;
    }

    public static byte[] Plain(byte level) => Bmp(8, 8, (_, _) => (level, level, level));

    /// <summary>A JPEG file with a note of how the camera was held (EXIF tag 0x0112) put in behind its start.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        var length = exif.Length + 2;
        return [.. jpeg[..2], 0xff, 0xe1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }
}
