using Sat.Records.Portraits;

namespace Sat.Engine.Data;

/// <summary>Makes small pictures of a dataset's first images, class by class.</summary>
/// <param name="dataset">Whose.</param>
/// <param name="perClass">How many of each class, at most; null: by the number of classes.</param>
internal sealed class ThumbnailMaker(OpenedDataset dataset, int? perClass)
{
    /// <summary>Of a dataset without labels, pictures in place of those of one class.</summary>
    private const int RowsWithoutClasses = 4;

    private readonly int _perClass = perClass ?? (dataset.Classes.Count > PortraitReader.FewClasses ? 3 : 8);

    /// <summary>Their longer side, in pixels, at most.</summary>
    private readonly int _side = dataset.Classes.Count > PortraitReader.FewClasses ? 48 : 96;

    private readonly List<Thumbnail>[] _byClass =
    [
        .. Enumerable.Range(0, Math.Max(1, dataset.Classes.Count)).Select(_ => new List<Thumbnail>()),
    ];

    /// <summary>The pictures, by class; of a dataset without labels, all as if of one.</summary>
    public IReadOnlyList<IReadOnlyList<Thumbnail>> ByClass => _byClass;

    /// <summary>Makes a picture if one is still wanted.</summary>
    /// <param name="image">Bytes [channels, height, width].</param>
    /// <param name="part">The part that it is in.</param>
    /// <param name="index">Where.</param>
    public void Offer(ReadOnlySpan<byte> image, DatasetPart part, long index)
    {
        var label = part.Labels?[(int)index];
        // Where only some training images are labelled, those are shown.
        if (label is null && dataset.Classes.Count > 0)
            return;
        var pictures = _byClass[(int)(label ?? 0)];
        if (pictures.Count < (label is null ? RowsWithoutClasses : 1) * _perClass)
            pictures.Add(Small(image, part.Place(index)));
    }

    /// <summary>The image, made smaller by averaging squares of pixels where it is larger than wanted.</summary>
    private Thumbnail Small(ReadOnlySpan<byte> image, SamplePlace sample)
    {
        var (channels, height, width) = ((int)dataset.Shape.Channels, (int)dataset.Shape.Height, (int)dataset.Shape.Width);
        var factor = (Math.Max(height, width) + _side - 1) / _side;
        var (rows, columns) = (Math.Max(1, height / factor), Math.Max(1, width / factor));
        var rgb = new byte[rows * columns * 3];
        for (var place = 0; place < rgb.Length; place++)
        {
            var (row, column, color) = (place / 3 / columns, place / 3 % columns, place % 3);
            var plane = (channels == 3 ? color : 0) * height * width;
            var (sum, n) = (0, 0);
            for (var y = row * factor; y < Math.Min(height, (row + 1) * factor); y++)
            {
                for (var x = column * factor; x < Math.Min(width, (column + 1) * factor); x++)
                    (sum, n) = (sum + image[plane + y * width + x], n + 1);
            }
            rgb[place] = (byte)((sum + n / 2) / n);
        }
        return new Thumbnail(sample, columns, rows, rgb);
    }
}
