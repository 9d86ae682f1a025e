using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sat.Datasets.Tests;

/// <summary>Small MATLAB 5 files.</summary>
static class Mats
{
    /// <summary>How a file is written.</summary>
    public sealed record Form
    {
        public bool IsCompressed { get; init; }

        public bool IsBigEndian { get; init; }

        /// <summary>Numbers of the format: 2 for bytes, 9 for doubles.</summary>
        public int LabelType { get; init; } = 2;
    }

    /// <summary>A file of digits, as SVHN's are.</summary>
    public static byte[] Digits(byte[] images, int[] labels, Form form) =>
        [
            .. Header(form),
            .. Array("X", 9, [32, 32, 3, labels.Length], Element(2, images, form), form),
            .. Array("y", 6, [labels.Length, 1], Labels(labels, form), form),
        ];

    public static byte[] Header(Form form)
    {
        var header = new byte[128];
        header.AsSpan(0, 116).Fill((byte)' ');
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a test").CopyTo(header, 0);
        (header[124], header[125], header[126], header[127]) = form.IsBigEndian
            ? ((byte)1, (byte)0, (byte)'M', (byte)'I')
            : ((byte)0, (byte)1, (byte)'I', (byte)'M');
        return header;
    }

    /// <summary>A variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The number of its class: 6 for double, 9 for bytes, 4 for characters.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="elements">The element that holds its numbers.</param>
    /// <param name="form">How it is written.</param>
    public static byte[] Array(string name, int kind, int[] shape, byte[] elements, Form form)
    {
        byte[] content =
        [
            .. Element(6, [.. Number(kind, form), .. Number(0, form)], form),
            .. Element(5, [.. shape.SelectMany(d => Number(d, form))], form),
            .. Element(1, Encoding.ASCII.GetBytes(name), form),
            .. elements,
        ];
        var matrix = Element(14, content, form);
        if (!form.IsCompressed)
            return matrix;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(matrix);
        return [.. Number(15, form), .. Number((int)packed.Length, form), .. packed.ToArray()];
    }

    /// <summary>An element, small where it can be.</summary>
    public static byte[] Element(int type, byte[] bytes, Form form) =>
        bytes.Length is > 0 and <= 4
            ? [.. Number(bytes.Length << 16 | type, form), .. bytes, .. new byte[4 - bytes.Length]]
            : [.. Number(type, form), .. Number(bytes.Length, form), .. bytes, .. new byte[(8 - bytes.Length % 8) % 8]];

    private static byte[] Labels(int[] labels, Form form) =>
        form.LabelType == 2
            ? Element(2, [.. labels.Select(l => (byte)l)], form)
            : Element(
                form.LabelType,
                [
                    .. labels.SelectMany(l =>
                    {
                        var bytes = new byte[8];
                        if (form.IsBigEndian)
                            BinaryPrimitives.WriteDoubleBigEndian(bytes, l);
                        else
                            BinaryPrimitives.WriteDoubleLittleEndian(bytes, l);
                        return bytes;
                    }),
                ],
                form
            );

    private static byte[] Number(int value, Form form)
    {
        var bytes = new byte[4];
        if (form.IsBigEndian)
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
