using BitMiracle.LibTiff.Classic;

namespace Sat.Datasets.Tests;

/// <summary>Small TIFF files.</summary>
static class Tiffs
{
    /// <summary>How a file is written.</summary>
    public sealed record Form
    {
        public Compression Compression { get; init; } = Compression.NONE;

        public Photometric Photometric { get; init; } = Photometric.RGB;

        public int Samples { get; init; } = 3;

        public int Bits { get; init; } = 8;

        public bool Tiled { get; init; }

        public bool Separate { get; init; }

        public bool BigEndian { get; init; }

        public bool Wide { get; init; }

        public bool Floats { get; init; }

        public int Orientation { get; init; } = 1;

        public ExtraSample? Extra { get; init; }

        public int Pages { get; init; } = 1;

        public int RowsPerStrip { get; init; } = 3;
    }

    /// <summary>An image of so many pixels.</summary>
    /// <param name="side">Height and width.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="sample">Column, row and sample to its value; of the second page and others one more.</param>
    /// <param name="palette">Entries of the palette, of 16 bits; null: none.</param>
    public static byte[] Write(int side, Form form, Func<int, int, int, int> sample, ushort[][]? palette = null)
    {
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("image", $"w{(form.BigEndian ? "b" : "l")}{(form.Wide ? "8" : "")}", stream, new Kept()))
        {
            for (var page = 0; page < form.Pages; page++)
            {
                tiff.SetField(TiffTag.IMAGEWIDTH, side);
                tiff.SetField(TiffTag.IMAGELENGTH, side);
                tiff.SetField(TiffTag.BITSPERSAMPLE, form.Bits);
                tiff.SetField(TiffTag.SAMPLESPERPIXEL, form.Samples);
                tiff.SetField(TiffTag.PHOTOMETRIC, form.Photometric);
                tiff.SetField(TiffTag.COMPRESSION, form.Compression);
                tiff.SetField(TiffTag.PLANARCONFIG, form.Separate ? PlanarConfig.SEPARATE : PlanarConfig.CONTIG);
                tiff.SetField(TiffTag.ORIENTATION, (Orientation)form.Orientation);
                tiff.SetField(TiffTag.SAMPLEFORMAT, form.Floats ? SampleFormat.IEEEFP : SampleFormat.UINT);
                if (form.Extra is { } extra)
                    tiff.SetField(TiffTag.EXTRASAMPLES, 1, new[] { (short)extra });
                if (palette is not null)
                    tiff.SetField(TiffTag.COLORMAP, palette[0], palette[1], palette[2]);
                if (form.Tiled)
                {
                    tiff.SetField(TiffTag.TILEWIDTH, 16);
                    tiff.SetField(TiffTag.TILELENGTH, 16);
                }
                else
                {
                    tiff.SetField(TiffTag.ROWSPERSTRIP, form.RowsPerStrip);
                }
                var planes = form.Separate ? form.Samples : 1;
                var inPlane = form.Separate ? 1 : form.Samples;
                for (short plane = 0; plane < planes; plane++)
                {
                    byte[] Row(int y, int left, int width)
                    {
                        var row = new byte[(width * inPlane * form.Bits + 7) / 8];
                        for (var i = 0; i < width * inPlane; i++)
                        {
                            var x = Math.Min(side - 1, left + i / inPlane);
                            var value = sample(x, Math.Min(side - 1, y), form.Separate ? plane : i % inPlane) + page;
                            if (form.Bits == 16)
                                BitConverter.TryWriteBytes(row.AsSpan(i * 2), (ushort)value);
                            else if (form.Bits == 32)
                                BitConverter.TryWriteBytes(row.AsSpan(i * 4), (float)value);
                            else if (form.Bits == 8)
                                row[i] = (byte)value;
                            else if (value != 0)
                                row[i / 8] |= (byte)(0x80 >> (i % 8));
                        }
                        return row;
                    }
                    if (!form.Tiled)
                    {
                        for (var y = 0; y < side; y++)
                            tiff.WriteScanline(Row(y, 0, side), y, plane);
                        continue;
                    }
                    for (var top = 0; top < side; top += 16)
                    {
                        for (var left = 0; left < side; left += 16)
                            tiff.WriteTile([.. Enumerable.Range(top, 16).SelectMany(y => Row(y, left, 16))], left, top, 0, plane);
                    }
                }
                tiff.WriteDirectory();
            }
        }
        return stream.ToArray();
    }

    /// <summary>Keeps the stream open when the file is closed.</summary>
    private sealed class Kept : TiffStream
    {
        public override void Close(object clientData) { }
    }
}
