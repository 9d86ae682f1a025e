using BitMiracle.LibTiff.Classic;
using Sat.Records.Arrays;
using SkiaSharp;

namespace Sat.Datasets.Files.Decoders;

/// <summary>Decodes TIFF files: the first page, in strips or tiles, of unsigned samples.</summary>
static class TiffDecoder
{
    private const int MostSamples = 16;

    static TiffDecoder() => Tiff.SetErrorHandler(new Silent());

    /// <summary>True if a file begins as one, or as its form for more than 4 GB.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <summary>Decodes an image.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limit">How large it may be.</param>
    /// <param name="white">The value of white of samples of 16 bits; null: 65535.</param>
    /// <exception cref="InvalidDataException">It is damaged, too large, or of a kind that is not read.</exception>
    public static RgbImage Decode(byte[] file, ImageLimit limit, double? white)
    {
        // The library takes memory for the size that is stated as it opens a file.
        var (width, height) = TiffDirectory.SizeOf(file);
        return limit.Decode(width, height, () => Decode(file, limit, white, (width, height)));
    }

    private static RgbImage Decode(byte[] file, ImageLimit limit, double? white, (long Width, long Height) stated)
    {
        try
        {
            using var tiff = Tiff.ClientOpen("image", "r", new MemoryStream(file, writable: false), new TiffStream())
                ?? throw new InvalidDataException("it is damaged");
            var page = new Page(tiff);
            return (page.Width, page.Height) == stated
                ? page.Decode(limit, white).Upright((SKEncodedOrigin)page.Orientation)
                : throw new InvalidDataException("it is damaged: it states two sizes");
        }
#pragma warning disable CA1031 // The library trips over damage in many ways, all of which mean that.
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"it is damaged ({e.GetType().Name})", e);
        }
#pragma warning restore CA1031
    }

    private sealed class Page
    {
        private readonly Tiff _tiff;
        private readonly int _bits;
        private readonly int _samples;
        private readonly bool _separate;
        private readonly Photometric _photometric;
        private readonly SampleFormat _format;
        private readonly Compression _compression;

        public Page(Tiff tiff)
        {
            _tiff = tiff;
            Width = Field(TiffTag.IMAGEWIDTH) ?? 0;
            Height = Field(TiffTag.IMAGELENGTH) ?? 0;
            Orientation = Field(TiffTag.ORIENTATION) is >= 1 and <= 8 and var orientation ? orientation : 1;
            _bits = Field(TiffTag.BITSPERSAMPLE) ?? 1;
            _samples = Field(TiffTag.SAMPLESPERPIXEL) ?? 1;
            _separate = Field(TiffTag.PLANARCONFIG) == (int)PlanarConfig.SEPARATE && _samples > 1;
            _format = (SampleFormat)(Field(TiffTag.SAMPLEFORMAT) ?? (int)SampleFormat.UINT);
            _compression = (Compression)(Field(TiffTag.COMPRESSION) ?? (int)Compression.NONE);
            _photometric = (Photometric)(
                Field(TiffTag.PHOTOMETRIC) ?? (_samples >= 3 ? (int)Photometric.RGB : (int)Photometric.MINISBLACK)
            );
        }

        public int Width { get; }

        public int Height { get; }

        public int Orientation { get; }

        private int SampleBytes => _bits / 8;

        /// <summary>Samples of a pixel that are colour; one more may be transparency.</summary>
        private int Colours =>
            _photometric switch
            {
                Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.PALETTE or Photometric.MASK => 1,
                Photometric.SEPARATED => 4,
                _ => 3,
            };

        public RgbImage Decode(ImageLimit limit, double? white)
        {
            if (_format is not (SampleFormat.UINT or SampleFormat.VOID))
                throw NotRead($"of the kind {(_format == SampleFormat.IEEEFP ? "float" : _format.ToString().ToLowerInvariant())}");
            if (_bits > 16 || _samples is < 1 or > MostSamples)
                throw NotRead($"of {_bits} bits, {_samples} a pixel");
            if (_photometric is Photometric.CIELAB or Photometric.ICCLAB or Photometric.ITULAB)
                throw new InvalidDataException($"its colours are {_photometric}, which are not read: save it as RGB");
            // One more sample may be transparency, or padding. More are bands of their own, which would be lost.
            if (_samples > Colours + 1)
                throw new InvalidDataException(
                    $"it has {_samples} samples a pixel, but {Colours} are colours ({_photometric}) and one more may be transparency: save the bands that are meant as grey or RGB"
                );
            if (!_tiff.IsCodecConfigured(_compression))
                throw new InvalidDataException(
                    $"its compression ({_compression}) is not supported: save it uncompressed, or with LZW, Deflate or PackBits"
                );
            var plain =
                _photometric is Photometric.MINISBLACK or Photometric.MINISWHITE
                || (_photometric == Photometric.RGB && _samples >= 3)
                || (_photometric == Photometric.PALETTE && _bits == 8);
            if (_bits is 8 or 16 && plain && _compression is not (Compression.JPEG or Compression.OJPEG))
                return Plain(Samples(limit), white);
            return _bits <= 8 ? Converted() : throw NotRead($"of {_bits} bits, in the colours {_photometric}");
        }

        private static InvalidDataException NotRead(string samples) =>
            new($"its samples are {samples}, but only unsigned samples of 8 or 16 bits are read: save it with those");

        /// <summary>All samples, [height, width, samples], of one byte or two, little-endian as the library gives them here.</summary>
        private byte[] Samples(ImageLimit limit)
        {
            var pixel = _samples * SampleBytes;
            if ((long)Width * Height * pixel > Array.MaxLength)
                throw new InvalidDataException("it has more bytes than can be decoded at once");
            var image = new byte[(long)Width * Height * pixel];
            var tiled = _tiff.IsTiled();
            var (across, down) = tiled ? (Field(TiffTag.TILEWIDTH) ?? 0, Field(TiffTag.TILELENGTH) ?? 0) : (Width, 1);
            var inBuffer = _separate ? SampleBytes : pixel;
            if (
                across <= 0
                || down <= 0
                || (long)across * down > Math.Max(limit.MaxPixels, 1 << 20)
                || (long)across * down * inBuffer > Array.MaxLength
            )
                throw new InvalidDataException("it is damaged: its tiles have no size, or are larger than the image may be");
            var expected = tiled ? _tiff.TileSize() : _tiff.ScanlineSize();
            if (expected != across * down * inBuffer)
                throw new InvalidDataException("it is damaged: the size of its rows does not fit its samples");
            var buffer = new byte[expected];
            for (short plane = 0; plane < (_separate ? _samples : 1); plane++)
            {
                for (var y = 0; y < Height; y += down)
                {
                    for (var x = 0; x < Width; x += across)
                    {
                        if (tiled ? _tiff.ReadTile(buffer, 0, x, y, 0, plane) < expected : !_tiff.ReadScanline(buffer, y, plane))
                            throw new InvalidDataException("it is cut off or damaged");
                        Place(buffer, image, x, y, Math.Min(across, Width - x), Math.Min(down, Height - y), across * inBuffer, plane);
                    }
                }
            }
            return image;
        }

        private void Place(byte[] buffer, byte[] image, int left, int top, int width, int height, int stride, int plane)
        {
            var pixel = _samples * SampleBytes;
            for (var y = 0; y < height; y++)
            {
                var from = y * stride;
                var to = ((top + y) * Width + left) * pixel;
                if (!_separate)
                {
                    buffer.AsSpan(from, width * pixel).CopyTo(image.AsSpan(to));
                    continue;
                }
                for (var x = 0; x < width; x++)
                    buffer.AsSpan(from + x * SampleBytes, SampleBytes).CopyTo(image.AsSpan(to + x * pixel + plane * SampleBytes));
            }
        }

        /// <summary>True if there is one more sample than colours, and the file does not state that it is transparency: near infrared,
        /// say.</summary>
        private bool HasUnstatedSample =>
            _samples == Colours + 1
            && !(
                _tiff.GetField(TiffTag.EXTRASAMPLES) is [_, { Value: ExtraSample[] extra }]
                && extra is [ExtraSample.ASSOCALPHA or ExtraSample.UNASSALPHA, ..]
            );

        private InvalidDataException Band() =>
            new(
                $"sample {_samples} of each pixel is not stated to be transparency and varies, so it may be a band of its own, which would be lost: save the bands that are meant as grey or RGB, or the file with its transparency named (tag 338, ExtraSamples)"
            );

        private RgbImage Plain(byte[] samples, double? white)
        {
            var pixels = Width * Height;
            var colours = Colours;
            if (HasUnstatedSample)
            {
                var last = colours * SampleBytes;
                for (var at = last; at < samples.Length; at += _samples * SampleBytes)
                {
                    if (!samples.AsSpan(at, SampleBytes).SequenceEqual(samples.AsSpan(last, SampleBytes)))
                        throw Band();
                }
            }
            var levels = new byte[pixels * colours];
            var palette = _photometric == Photometric.PALETTE ? Palette() : null;
            var scale = new PixelScale(new NpyHeader(NpyKind.Unsigned, 2, false, false, []), white);
            for (var i = 0; i < pixels; i++)
            {
                var from = samples.AsSpan(i * _samples * SampleBytes, colours * SampleBytes);
                if (SampleBytes == 1)
                    from.CopyTo(levels.AsSpan(i * colours));
                else
                    scale.Convert(from, levels.AsSpan(i * colours, colours));
            }
            if (SampleBytes == 2 && scale.Problem() is { } problem)
                throw new InvalidDataException(problem);
            var rgba = new byte[(long)pixels * RgbImage.BytesPerPixel];
            for (var i = 0; i < pixels; i++)
            {
                var to = rgba.AsSpan(i * RgbImage.BytesPerPixel, 3);
                if (palette is not null)
                    palette.AsSpan(levels[i] * 3, 3).CopyTo(to);
                else if (colours == 3)
                    levels.AsSpan(i * 3, 3).CopyTo(to);
                else
                    to.Fill(_photometric == Photometric.MINISWHITE ? (byte)~levels[i] : levels[i]);
            }
            return new RgbImage(rgba, Width, Height);
        }

        /// <summary>Red, green and blue of 256 entries. Values are of 16 bits, which writers make as 257 or as 256 times a level, whose
        /// upper byte is the level; some forget to.</summary>
        private byte[] Palette()
        {
            if (_tiff.GetField(TiffTag.COLORMAP) is not [var red, var green, var blue, ..])
                throw new InvalidDataException("it is damaged: its palette is missing");
            ushort[][] map = [red.ToUShortArray(), green.ToUShortArray(), blue.ToUShortArray()];
            var wide = map.Any(channel => channel.Any(v => v > byte.MaxValue));
            return [.. Enumerable.Range(0, 256 * 3).Select(i => map[i % 3][i / 3]).Select(v => wide ? (byte)(v >> 8) : (byte)v)];
        }

        /// <summary>Other colours, or fewer bits, as the library converts them.</summary>
        private RgbImage Converted()
        {
            if (!_tiff.RGBAImageOK(out var reason))
                throw new InvalidDataException($"it is not supported ({reason.TrimEnd('.')}): save it as 8-bit RGB or grey");
            if (HasUnstatedSample)
                throw Band();
            var raster = new int[Width * Height];
            if (!_tiff.ReadRGBAImageOriented(Width, Height, raster, (Orientation)Orientation, true))
                throw new InvalidDataException("it is cut off or damaged");
            var rgba = new byte[(long)raster.Length * RgbImage.BytesPerPixel];
            for (var i = 0; i < raster.Length; i++)
            {
                var to = rgba.AsSpan(i * RgbImage.BytesPerPixel, 3);
                (to[0], to[1], to[2]) = ((byte)Tiff.GetR(raster[i]), (byte)Tiff.GetG(raster[i]), (byte)Tiff.GetB(raster[i]));
            }
            return new RgbImage(rgba, Width, Height);
        }

        private int? Field(TiffTag tag) => _tiff.GetField(tag) is [var value, ..] ? value.ToInt() : null;
    }

    /// <summary>What is wrong is told by exceptions, not on the terminal.</summary>
    private sealed class Silent : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
    }
}
