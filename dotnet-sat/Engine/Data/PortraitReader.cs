using System.Buffers.Binary;
using System.Security.Cryptography;
using Sat.Records.Portraits;

namespace Sat.Engine.Data;

/// <summary>Reads what a dataset holds.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="perClass">Small pictures of each class, at most; null: eight, of more than 100 classes three.</param>
public sealed class PortraitReader(OpenedDataset dataset, int? perClass = null)
{
    /// <summary>Classes up to which pictures are large, and several of each.</summary>
    public const int FewClasses = 100;

    // By a hash of the pixels: where an image was seen first, and, of what was seen again, everywhere.
    private readonly Dictionary<UInt128, Seen> _first = [];
    private readonly Dictionary<UInt128, List<Seen>> _again = [];

    /// <summary>A position in one of the parts.</summary>
    private readonly record struct Seen(DatasetPart Part, long Index);

    /// <summary>Reads all of it.</summary>
    /// <param name="stop">Asks it to stop.</param>
    public DatasetPortrait Read(CancellationToken stop)
    {
        _first.Clear();
        _again.Clear();
        var thumbnails = new ThumbnailMaker(dataset, perClass);
        var order = dataset.Parts.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i);
        SplitPortrait[] splits = [.. dataset.Parts.Select(p => Read(p, thumbnails, stop))];
        return new DatasetPortrait
        {
            Dataset = dataset.Id,
            Classes = dataset.Classes,
            Shape = [dataset.Shape.Channels, dataset.Shape.Height, dataset.Shape.Width],
            Splits = splits,
            Same =
            [
                .. _again
                    .Values.Where(a => !IsLabelledPart(a))
                    .OrderBy(a => order[a[0].Part])
                    .ThenBy(a => a[0].Index)
                    .Select(a => new SameImage([.. a.Select(s => s.Part.Place(s.Index))])),
            ],
            Notes = dataset.Notes,
            Thumbnails = thumbnails.ByClass,
        };
    }

    private SplitPortrait Read(DatasetPart part, ThumbnailMaker thumbnails, CancellationToken stop)
    {
        var (channels, area) = ((int)dataset.Shape.Channels, (int)(dataset.Shape.Height * dataset.Shape.Width));
        var values = new long[channels * 256];
        var hash = new byte[SHA256.HashSizeInBytes];
        var index = 0L;
        foreach (var image in part.Images(stop))
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var counts = values.AsSpan(channel * 256, 256);
                foreach (var value in image.Span.Slice(channel * area, area))
                    counts[value]++;
            }
            SHA256.HashData(image.Span, hash);
            Remember(BinaryPrimitives.ReadUInt128LittleEndian(hash), new Seen(part, index));
            if (part.Name != SplitPortrait.Test)
                thumbnails.Offer(image.Span, part, index);
            index++;
        }
        var statistics = Enumerable.Range(0, index == 0 ? 0 : channels).Select(c => Statistics(values.AsSpan(c * 256, 256))).ToArray();
        return new SplitPortrait(
            part.Name,
            part.Count,
            part.Labels is { } labels ? [.. Enumerable.Range(0, dataset.Classes.Count).Select(k => labels.LongCount(l => l == k))] : null,
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
    private static bool IsLabelledPart(List<Seen> places) =>
        places.Select(p => p.Part.Name).SequenceEqual([SplitPortrait.Training, SplitPortrait.Labelled]);

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
        // Exact until here: what is subtracted has lost nothing.
        var variance = (double)((UInt128)n * squares - sum * sum) / n / n;
        return ((double)sum / n / 255, Math.Sqrt(variance) / 255);
    }
}
