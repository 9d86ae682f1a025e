using System.Buffers.Binary;
using System.Security.Cryptography;
using Sat.Records;
using Sat.Records.Portraits;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>Reads what a dataset holds.</summary>
/// <param name="perClass">Small pictures of each class, at most; null: eight, of more than 100 classes three.</param>
public sealed class PortraitReader(int? perClass = null)
{
    /// <summary>Classes up to which pictures are large, and several of each.</summary>
    public const int FewClasses = 100;

    /// <summary>Bytes of pixels that are looked at together.</summary>
    private const long AtOnce = 32_000_000;

    /// <summary>Of a dataset without labels, pictures in place of those of one class.</summary>
    private const int RowsWithoutClasses = 4;

    // By a hash of the pixels: where an image was seen first, and, of what was seen again, everywhere.
    private readonly Dictionary<UInt128, Seen> _first = [];
    private readonly Dictionary<UInt128, List<Seen>> _again = [];

    /// <summary>A position in one of the parts.</summary>
    private readonly record struct Seen(int Split, long Index);

    /// <summary>Opens a dataset, reads all of it, and closes it.</summary>
    /// <param name="components">Opens it.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="paths">Where its files lie, by option.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">Files are missing or wrong (exit code 5).</exception>
    public DatasetPortrait Read(
        IComponentFactory components,
        ComponentSpec dataset,
        IReadOnlyDictionary<string, string> paths,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(paths);
        var files = RunFiles.Find(components, SpecSlots.Dataset, dataset, paths);
        using var opened = components.OpenDataset(dataset, paths, new DatasetContext(files));
        DataCheck.Require(dataset.Id, opened);
        var parts = new List<(string Name, ISplit Split)> { (SplitPortrait.Training, opened.Train) };
        if (opened is IHasLabeled { Labeled: var labeled } && labeled != opened.Train)
            parts.Add((SplitPortrait.Labelled, labeled));
        parts.Add((SplitPortrait.Test, opened.Test));

        _first.Clear();
        _again.Clear();
        var thumbnails = new Thumbnails(opened, perClass);
        SplitPortrait[] splits = [.. parts.Select((p, number) => Read(p.Name, p.Split, number, opened, thumbnails, stop))];
        return new DatasetPortrait
        {
            Dataset = dataset.Id,
            Classes = opened.Classes,
            Shape = [opened.Shape.Channels, opened.Shape.Height, opened.Shape.Width],
            Splits = splits,
            Same =
            [
                .. _again
                    .Values.Where(a => !IsLabelledPart(a, parts))
                    .OrderBy(a => a[0].Split)
                    .ThenBy(a => a[0].Index)
                    .Select(a => new SameImage([
                        .. a.Select(s => Place(parts[s.Split].Name, parts[s.Split].Split, s.Index, opened.Classes)),
                    ])),
            ],
            Notes = (opened as IHasReadingNotes)?.Notes ?? [],
            Thumbnails = thumbnails.ByClass,
        };
    }

    private SplitPortrait Read(string name, ISplit split, int number, IDataset dataset, Thumbnails thumbnails, CancellationToken stop)
    {
        var (channels, area) = ((int)dataset.Shape.Channels, (int)(dataset.Shape.Height * dataset.Shape.Width));
        var bytes = channels * area;
        var values = new long[channels * 256];
        long[]? labels = split.Labels?.data<long>().ToArray();
        using var images = ImageSource.From(split, split.Count, CPU);
        var atOnce = Math.Max(1, AtOnce / bytes);
        var hash = new byte[SHA256.HashSizeInBytes];
        for (long start = 0; start < split.Count; start += atOnce)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var some = images.Fetch(start, Math.Min(atOnce, split.Count - start)).contiguous();
            var pixels = some.bytes;
            for (var i = 0; i < some.shape[0]; i++)
            {
                var image = pixels.Slice(i * bytes, bytes);
                for (var channel = 0; channel < channels; channel++)
                {
                    var counts = values.AsSpan(channel * 256, 256);
                    foreach (var value in image.Slice(channel * area, area))
                        counts[value]++;
                }
                SHA256.HashData(image, hash);
                Remember(BinaryPrimitives.ReadUInt128LittleEndian(hash), new Seen(number, start + i));
                if (name != SplitPortrait.Test)
                    thumbnails.Offer(image, labels is null ? null : (int)labels[start + i], start + i, name, split);
            }
        }
        var statistics = Enumerable
            .Range(0, split.Count == 0 ? 0 : channels)
            .Select(c => Statistics(values.AsSpan(c * 256, 256)))
            .ToArray();
        return new SplitPortrait(
            name,
            split.Count,
            labels is null ? null : [.. Enumerable.Range(0, dataset.Classes.Count).Select(k => labels.LongCount(l => l == k))],
            [.. statistics.Select(s => s.Mean)],
            [.. statistics.Select(s => s.Deviation)]
        );
    }

    private void Remember(UInt128 image, Seen here)
    {
        if (_first.TryAdd(image, here))
            return;
        if (!_again.TryGetValue(image, out var places))
            _again.Add(image, places = [_first[image]]);
        places.Add(here);
    }

    /// <summary>True for an image that is in the training set and once more in what is labelled of it: that is one image.</summary>
    private static bool IsLabelledPart(List<Seen> places, List<(string Name, ISplit Split)> parts) =>
        places
            .Select(p => parts[p.Split].Name)
            .Order(StringComparer.Ordinal)
            .SequenceEqual([SplitPortrait.Labelled, SplitPortrait.Training]);

    private static (double Mean, double Deviation) Statistics(ReadOnlySpan<long> counts)
    {
        long n = 0;
        UInt128 sum = 0;
        UInt128 squares = 0;
        for (var value = 0; value < counts.Length; value++)
        {
            n += counts[value];
            sum += (UInt128)counts[value] * (uint)value;
            squares += (UInt128)counts[value] * (uint)(value * value);
        }
        var mean = (double)sum / n;
        // Exact until here: what is subtracted has lost nothing.
        var variance = (double)((UInt128)n * squares - sum * sum) / n / n;
        return (mean / 255, Math.Sqrt(variance) / 255);
    }

    private static SamplePlace Place(string name, ISplit split, long index, IReadOnlyList<string> classes) =>
        new(
            name,
            index,
            (split as IHasSampleFiles)?.Files?[(int)index],
            split.Labels is { } labels ? classes[(int)labels[index].item<long>()] : null
        );

    /// <summary>The first pictures of each class.</summary>
    private sealed class Thumbnails(IDataset dataset, int? wanted)
    {
        private readonly int _perClass = wanted ?? (dataset.Classes.Count > FewClasses ? 3 : 8);

        /// <summary>Their longer side, in pixels, at most.</summary>
        private readonly int _side = dataset.Classes.Count > FewClasses ? 48 : 96;

        private readonly List<Thumbnail>[] _byClass =
        [
            .. Enumerable.Range(0, Math.Max(1, dataset.Classes.Count)).Select(_ => new List<Thumbnail>()),
        ];

        public IReadOnlyList<IReadOnlyList<Thumbnail>> ByClass => _byClass;

        public void Offer(ReadOnlySpan<byte> image, int? label, long index, string split, ISplit from)
        {
            // Where only some training images are labelled, those are shown.
            if (label is null && dataset.Classes.Count > 0)
                return;
            var pictures = _byClass[label ?? 0];
            if (pictures.Count < (label is null ? RowsWithoutClasses : 1) * _perClass)
                pictures.Add(Small(image, Place(split, from, index, dataset.Classes)));
        }

        /// <summary>The image, made smaller by averaging squares of pixels where it is larger than wanted.</summary>
        private Thumbnail Small(ReadOnlySpan<byte> image, SamplePlace sample)
        {
            var (channels, height, width) = ((int)dataset.Shape.Channels, (int)dataset.Shape.Height, (int)dataset.Shape.Width);
            var factor = (Math.Max(height, width) + _side - 1) / _side;
            var (rows, columns) = (Math.Max(1, height / factor), Math.Max(1, width / factor));
            var rgb = new byte[rows * columns * 3];
            for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            for (var color = 0; color < 3; color++)
            {
                var plane = (channels == 3 ? color : 0) * height * width;
                var (sum, n) = (0, 0);
                for (var y = row * factor; y < Math.Min(height, (row + 1) * factor); y++)
                for (var x = column * factor; x < Math.Min(width, (column + 1) * factor); x++)
                    (sum, n) = (sum + image[plane + y * width + x], n + 1);
                rgb[(row * columns + column) * 3 + color] = (byte)((sum + n / 2) / n);
            }
            return new Thumbnail(sample, columns, rows, rgb);
        }
    }
}
