using Parquet;
using Parquet.Schema;
using Sat.Engine.Data;
using Sat.Reports.Rendering;
using Sat.Sdk;

namespace Sat.Tool.Exports;

/// <summary>A part of a dataset as a Parquet file: a row a sample, in order.</summary>
internal static class ParquetPart
{
    public const string Index = "index";
    public const string Image = "image";
    public const string Label = "label";
    public const string File = "file";

    /// <summary>Rows that are written together.</summary>
    private const int GroupOf = 1000;

    /// <summary>Writes it.</summary>
    /// <param name="part">The part.</param>
    /// <param name="shape">The shape of its images; of one or three channels.</param>
    /// <param name="stream">Where to; must seek.</param>
    /// <param name="stop">Asks it to stop.</param>
    public static async Task Write(DatasetPart part, ImageShape shape, Stream stream, CancellationToken stop)
    {
        var (index, image, label, file) = (
            new DataField<long>(Index),
            new DataField<byte[]>(Image),
            new DataField<long?>(Label),
            new DataField<string>(File, nullable: true)
        );
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(index, image, label, file),
            stream,
            cancellationToken: stop
        );
        var first = 0L;
        foreach (var rows in part.Images(stop).Select(pixels => Png(pixels.Span, shape)).Chunk(GroupOf))
        {
            var numbers = Enumerable.Range(0, rows.Length).Select(i => first + i).ToArray();
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(index, numbers, cancellationToken: stop);
            await group.WriteAsync(image, (IReadOnlyCollection<byte[]>)rows);
            await group.WriteAsync<long>(label, numbers.Select(i => part.Labels?[(int)i]).ToArray(), cancellationToken: stop);
            await group.WriteAsync(file, (IReadOnlyCollection<string>)[.. numbers.Select(i => part.Place(i).File!)]);
            first += rows.Length;
        }
    }

    /// <summary>Planes to pixels, and these to a file.</summary>
    private static byte[] Png(ReadOnlySpan<byte> planes, ImageShape shape)
    {
        var (channels, area) = ((int)shape.Channels, (int)(shape.Height * shape.Width));
        var pixels = new byte[planes.Length];
        for (var place = 0; place < pixels.Length; place++)
            pixels[place] = planes[place % channels * area + place / channels];
        return PngImage.Encode((int)shape.Width, (int)shape.Height, channels, pixels);
    }
}
