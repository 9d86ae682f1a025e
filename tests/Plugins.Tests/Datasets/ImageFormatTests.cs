using System.Text;
using BitMiracle.LibTiff.Classic;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

/// <summary>Images in formats of science and of older programs: the pixels must be those that were written.</summary>
[TestClass]
public sealed class ImageFormatTests
{
    private const int Side = 20;

    private static int Level(int x, int y, int channel) => (x * 11 + y * 5 + channel * 40) % 256;

    [TestMethod]
    public void TIFF_is_read_in_strips_and_tiles_of_every_common_compression()
    {
        var colour = Expected(Level);
        foreach (
            var compression in new[]
            {
                Compression.NONE,
                Compression.LZW,
                Compression.ADOBE_DEFLATE,
                Compression.DEFLATE,
                Compression.PACKBITS,
            }
        )
        {
            foreach (
                var (tiled, separate, bigEndian) in new[]
                {
                    (false, false, false),
                    (true, false, true),
                    (false, true, true),
                    (true, true, false),
                }
            )
            {
                var form = new Tiffs.Form
                {
                    Compression = compression,
                    Tiled = tiled,
                    Separate = separate,
                    BigEndian = bigEndian,
                };
                CollectionAssert.AreEqual(colour, Read(Tiffs.Write(Side, form, Level)), form.ToString());
            }
        }
    }

    [TestMethod]
    public void TIFF_is_read_in_grey_with_transparency_with_a_palette_and_in_black_and_white()
    {
        var grey = Expected((x, y, _) => Level(x, y, 0));
        CollectionAssert.AreEqual(
            grey,
            Read(Tiffs.Write(Side, new() { Samples = 1, Photometric = Photometric.MINISBLACK }, Level)),
            "grey"
        );
        CollectionAssert.AreEqual(
            grey,
            Read(Tiffs.Write(Side, new() { Samples = 1, Photometric = Photometric.MINISWHITE }, (x, y, c) => 255 - Level(x, y, c))),
            "white is 0"
        );
        CollectionAssert.AreEqual(
            grey,
            Read(
                Tiffs.Write(
                    Side,
                    new()
                    {
                        Samples = 2,
                        Photometric = Photometric.MINISBLACK,
                        Extra = ExtraSample.UNASSALPHA,
                    },
                    Level
                )
            ),
            "grey with transparency"
        );
        CollectionAssert.AreEqual(
            Expected(Level),
            Read(Tiffs.Write(Side, new() { Samples = 4, Extra = ExtraSample.ASSOCALPHA }, Level)),
            "RGBA"
        );
        CollectionAssert.AreEqual(
            Expected(Level),
            Read(Tiffs.Write(Side, new() { Samples = 4 }, (x, y, c) => c == 3 ? 255 : Level(x, y, c))),
            "padding"
        );
        ushort[][] palette =
        [
            .. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 256).Select(i => (ushort)((255 - i + c) % 256 * 257)).ToArray()),
        ];
        CollectionAssert.AreEqual(
            Expected((x, y, c) => (255 - Level(x, y, 0) + c) % 256),
            Read(Tiffs.Write(Side, new() { Samples = 1, Photometric = Photometric.PALETTE }, Level, palette)),
            "palette"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, c) => (255 - Level(x, y, 0) + c) % 256),
            Read(
                Tiffs.Write(
                    Side,
                    new() { Samples = 1, Photometric = Photometric.PALETTE },
                    Level,
                    [.. palette.Select(c => c.Select(v => (ushort)(v / 257 * 256)).ToArray())]
                )
            ),
            "a palette of 256 times the levels"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => (x + y) % 3 == 0 ? 255 : 0),
            Read(
                Tiffs.Write(
                    Side,
                    new()
                    {
                        Samples = 1,
                        Bits = 1,
                        Photometric = Photometric.MINISBLACK,
                    },
                    (x, y, _) => (x + y) % 3 == 0 ? 1 : 0
                )
            ),
            "one bit"
        );
        CollectionAssert.AreEqual(Expected(Level), Read(Tiffs.Write(Side, new() { Wide = true }, Level)), "BigTIFF");
        CollectionAssert.AreEqual(Expected(Level), Read(Tiffs.Write(Side, new() { Pages = 3 }, Level)), "the first page");
        CollectionAssert.AreEqual(
            Expected((x, y, c) => Level(y, Side - 1 - x, c)),
            Read(Tiffs.Write(Side, new() { Orientation = 6 }, Level)),
            "upright"
        );
    }

    [TestMethod]
    public void TIFF_in_CIELAB_is_refused() =>
        Datasets.Refused(() => Open(Tiffs.Write(Side, new() { Photometric = Photometric.CIELAB }, Level)), "train/a/0", "CIELAB", "RGB");

    [TestMethod]
    [DataRow(Photometric.MINISBLACK, 3)]
    [DataRow(Photometric.MINISBLACK, 13)]
    [DataRow(Photometric.RGB, 5)]
    [DataRow(Photometric.RGB, 5, 16)]
    public void TIFF_of_more_bands_than_colours_and_transparency_is_refused(Photometric photometric, int samples, int bits = 8)
    {
        var form = new Tiffs.Form
        {
            Photometric = photometric,
            Samples = samples,
            Bits = bits,
        };
        Datasets.Refused(() => Open(Tiffs.Write(Side, form, Level)), "train/a/0", $"{samples} samples a pixel", "bands");
    }

    [TestMethod]
    [DataRow(8, null)]
    [DataRow(16, ExtraSample.UNSPECIFIED)]
    public void TIFF_whose_fourth_sample_is_not_stated_to_be_transparency_is_refused(int bits, ExtraSample? extra) =>
        Datasets.Refused(
            () =>
                Open(
                    Tiffs.Write(
                        Side,
                        new()
                        {
                            Samples = 4,
                            Bits = bits,
                            Extra = extra,
                        },
                        Level
                    )
                ),
            "train/a/0",
            "sample 4 of each pixel is not stated to be transparency"
        );

    [TestMethod]
    public void Samples_of_16_bits_go_from_0_to_65535_or_to_what_is_stated()
    {
        foreach (var bigEndian in new[] { false, true })
            CollectionAssert.AreEqual(
                Expected(Level),
                Read(Tiffs.Write(Side, new() { Bits = 16, BigEndian = bigEndian }, (x, y, c) => Level(x, y, c) * 257))
            );
        var twelve = Tiffs.Write(
            Side,
            new()
            {
                Bits = 16,
                Samples = 1,
                Photometric = Photometric.MINISBLACK,
            },
            (x, y, c) => (int)Math.Round(Level(x, y, 0) * 4095 / 255.0)
        );
        CollectionAssert.AreEqual(Expected((x, y, _) => Level(x, y, 0)), Read(twelve, white: 4095));
        Datasets.Refused(() => Open(twelve), "uint16 from 0 to 4095", "white: 4095");
        Datasets.Refused(() => Open(Tiffs.Write(Side, new() { Bits = 32, Floats = true }, Level)), "train/a/0", "float", "8 or 16 bits");
    }

    [TestMethod]
    public void PNG_of_16_bits_is_rounded_by_the_same_rule_in_every_form()
    {
        // Neither a multiple of 257 nor one whose upper byte is the nearest level.
        static int Value(int x, int y, int channel) => (x * 2903 + y * 1301 + channel * 9973) % 65536;
        foreach (var samples in new[] { 1, 2, 3, 4 })
        {
            foreach (var interlaced in new[] { false, true })
            {
                var png = Pngs.Write(Side, new() { Samples = samples, Interlaced = interlaced }, Value);
                CollectionAssert.AreEqual(
                    Expected((x, y, c) => (int)Math.Round(255.0 * Value(x, y, samples >= 3 ? c : 0) / 65535)),
                    Read(png),
                    $"{samples} {interlaced}"
                );
            }
        }
        var twelve = Pngs.Write(Side, new() { Samples = 1 }, (x, y, _) => Value(x, y, 0) % 4096);
        CollectionAssert.AreEqual(
            Expected((x, y, _) => (int)Math.Round(255.0 * (Value(x, y, 0) % 4096) / 4095)),
            Read(twelve, white: 4095)
        );
        Datasets.Refused(() => Open(twelve), "uint16 from 0 to 40", "white: 4095");
        Datasets.Refused(() => Open(twelve, white: 4000), "range read is 0 to 4000");

        var damaged = Pngs.Write(Side, new(), Value);
        Datasets.Refused(() => Open(damaged[..(damaged.Length / 2)]), "cut off");
        damaged[damaged.Length / 2] ^= 1;
        Datasets.Refused(() => Open(damaged), "checksum");
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(16)]
    public void PNG_is_turned_as_its_camera_was_held(int bits) =>
        CollectionAssert.AreEqual(
            Expected((x, y, c) => Level(y, Side - 1 - x, c)),
            Read(Pngs.Write(Side, new() { Bits = bits, Orientation = 6 }, (x, y, c) => Level(x, y, c) * (bits == 16 ? 257 : 1)))
        );

    [TestMethod]
    [DataRow("P1\n# bits\n20 20\n", false)]
    [DataRow("P2 20 20 255\n", false)]
    [DataRow("P3\n20 # wide\n# and\n20\n255\n", true)]
    public void Portable_maps_are_read_as_text(string header, bool colour)
    {
        var bitmap = header[1] == '1';
        int Value(int x, int y, int c) =>
            bitmap
                ? (x * y + c) % 3 == 0
                    ? 1
                    : 0
                : Level(x, y, c);
        var text = new StringBuilder(header);
        foreach (var (x, y) in Places())
        {
            for (var c = 0; c < (colour ? 3 : 1); c++)
                text.Append(Value(x, y, c))
                    .Append(
                        bitmap ? ""
                        : x % 7 == 0 ? "\n"
                        : " "
                    );
        }
        CollectionAssert.AreEqual(
            Expected((x, y, c) => bitmap ? 255 - Value(x, y, 0) * 255 : Value(x, y, colour ? c : 0)),
            Read(Encoding.ASCII.GetBytes(text.ToString()))
        );
    }

    [TestMethod]
    public void Portable_maps_are_read_as_bytes_by_the_largest_value_that_they_state()
    {
        byte[] Map(string header, Func<int, int, IEnumerable<byte>> pixel) =>
            [.. Encoding.ASCII.GetBytes(header), .. Places().SelectMany(p => pixel(p.X, p.Y))];
        CollectionAssert.AreEqual(
            Expected(Level),
            Read(Map("P6\n20 20\n255\n", (x, y) => Enumerable.Range(0, 3).Select(c => (byte)Level(x, y, c)))),
            "P6"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => Level(x, y, 0)),
            Read(Map("P5 20 20 #255?\n255 ", (x, y) => [(byte)Level(x, y, 0)])),
            "P5"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => (int)Math.Round(Level(x, y, 0) % 16 * 17.0)),
            Read(Map("P5 20 20 15\n", (x, y) => [(byte)(Level(x, y, 0) % 16)])),
            "four bits"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => Level(x, y, 0)),
            Read(Map("P5 20 20 65535\n", (x, y) => [(byte)Level(x, y, 0), (byte)Level(x, y, 0)])),
            "16 bits"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => Level(x, y, 0)),
            Read(Map("P5\r\n20 20\r\n255\r\n", (x, y) => [(byte)Level(x, y, 0)])),
            "lines of Windows"
        );
        CollectionAssert.AreEqual(
            Expected((x, y, _) => x + y == 0 ? '\n' : 200),
            Read(Map("P5 20 20 255\r", (x, y) => [x + y == 0 ? (byte)'\n' : (byte)200])),
            "a carriage return alone before a first level of 10"
        );
        byte[] bits = [.. "P4\n20 20\n"u8, .. Enumerable.Range(0, 20).SelectMany(y => new byte[] { 0b10101010, (byte)y, 0b11000000 })];
        var expected = Expected(
            (x, y, _) =>
                x < 8 ? (x % 2 == 0 ? 0 : 255)
                : x < 16 ? ((y >> (15 - x) & 1) == 1 ? 0 : 255)
                : x < 18 ? 0
                : 255
        );
        CollectionAssert.AreEqual(expected, Read(bits), "P4");

        Datasets.Refused(() => Open([.. "P5 20 20 15\n"u8, .. Enumerable.Repeat((byte)16, 400)]), "a value is 16", "15");
        Datasets.Refused(() => Open([.. "P6 20 20 255\n"u8, .. new byte[1199]]), "cut off");
        Datasets.Refused(() => Open([.. "P6 65536 65536 255\n"u8, .. new byte[1199]]), "65536 x 65536 pixels");
        Datasets.Refused(() => Open([.. "P5 20 20 0\n"u8, .. new byte[400]]), "largest value");
    }

    [TestMethod]
    [DataRow("<!DOCTYPE html><html>no such file</html>", "HTML page")]
    [DataRow("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "Git LFS pointer")]
    [DataRow("{\"error\": 404}", "JSON")]
    [DataRow("", "it is empty")]
    public void What_servers_and_Git_leave_in_an_images_place_is_called_that(string content, string name) =>
        Datasets.Refused(() => Open(Encoding.UTF8.GetBytes(content)), "train/a/0", name);

    [TestMethod]
    [DataRow(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 16 }, "JPEG")]
    [DataRow(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61 }, "GIF")]
    [DataRow(new byte[] { 0x42, 0x4D, 0xF6, 0, 0, 0, 0, 0, 0, 0, 54, 0 }, "BMP")]
    [DataRow(new byte[] { 0x89, 0x50, 0x4E, 0x47, 13, 10 }, "PNG")]
    public void An_image_that_is_cut_off_in_its_header_is_called_what_it_is(byte[] content, string format) =>
        Datasets.Refused(() => Open(content), "train/a/0", $"cut off or damaged: it begins as a {format} image");

    private static IEnumerable<(int X, int Y)> Places() =>
        Enumerable.Range(0, Side).SelectMany(y => Enumerable.Range(0, Side).Select(x => (x, y)));

    /// <summary>[3, side, side].</summary>
    private static byte[] Expected(Func<int, int, int, int> level) =>
        [.. Enumerable.Range(0, 3).SelectMany(c => Places().Select(p => (byte)level(p.X, p.Y, c)))];

    private static byte[] Read(byte[] image, double? white = null)
    {
        using var dataset = Open(image, white);
        return Datasets.Images(dataset.Train);
    }

    private static IDataset Open(byte[] image, double? white = null)
    {
        using var folder = new TemporaryFolder();
        folder.Write("train/a/0", image);
        folder.Write("test/a/0.bmp", Pictures.Plain(7));
        var options = new System.Text.Json.Nodes.JsonObject { ["size"] = Side };
        if (white is not null)
            options["white"] = white;
        return Datasets.Own("image-folder", folder.Path, options);
    }
}
