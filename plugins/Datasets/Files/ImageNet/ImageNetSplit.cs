using System.Collections.Concurrent;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>Photos where they lie, decoded by as many threads as there are processors.</summary>
/// <param name="files">The archives, or the photos.</param>
/// <param name="options">Sizes.</param>
/// <param name="photos">The photos in their order.</param>
/// <param name="classes">Numbers of the classes.</param>
sealed class ImageNetSplit(DataFiles files, ImageNetOptions options, Photo[] photos, Dictionary<string, long> classes)
    : IRegionSplit,
        IHasSampleFiles,
        IDisposable
{
    private const long MostBytes = 256L << 20;

    private readonly Tensor _labels = tensor(photos.Select(p => classes[p.Class]).ToArray(), ScalarType.Int64).DetachFromDisposeScope();

    public long Count => photos.Length;

    public Tensor Labels => _labels;

    public IReadOnlyList<string> Files { get; } = [.. photos.Select(p => p.Name)];

    public bool IsInFileOrder => false;

    public Tensor Read(ReadOnlySpan<long> indices) =>
        Read(indices, _ => (height, width) => Frame.Centre(height, width, options.Resize, options.Size));

    public Tensor Read(ReadOnlySpan<long> indices, IReadOnlyList<Func<int, int, Region>> regions) =>
        Read(indices, i => (height, width) => Frame.Of(regions[i](height, width)));

    public void Dispose() => _labels.Dispose();

    private Tensor Read(ReadOnlySpan<long> indices, Func<int, Func<int, int, Frame>> frames)
    {
        var wanted = indices.ToArray();
        var batch = empty([wanted.Length, 3, options.Size, options.Size], ScalarType.Byte);
        var problems = new ConcurrentBag<Problem>();
        try
        {
            Parallel.For(0, wanted.Length, i =>
            {
                var photo = photos[wanted[i]];
                try
                {
                    using var image = batch[i];
                    PhotoDecoder.Decode(Content(photo), frames(i), options.Size, image.bytes);
                }
                catch (Exception e) when (e is InvalidDataException or IOException)
                {
                    problems.Add(
                        new Problem(
                            $"dataset '{ImageNetFiles.Id}': {photo.Name} {Place(photo)} cannot be decoded: {e.Message.TrimEnd('.')}."
                        )
                    );
                }
            });
            return problems.IsEmpty
                ? batch
                : throw new SatException(ExitCode.Environment, [problems.OrderBy(p => p.Message, StringComparer.Ordinal).First()]);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private byte[] Content(Photo photo)
    {
        using var file = files.OpenRead(photo.File);
        var length = photo.Length ?? file.Length;
        if (length > MostBytes)
            throw new InvalidDataException("it has more bytes than any photo");
        var content = new byte[length];
        file.Position = photo.Offset;
        file.ReadExactly(content);
        return content;
    }

    private string Place(Photo photo) =>
        photo.Length is null
            ? $"in {files.Location}"
            : FormattableString.Invariant($"({photo.Length} bytes from byte {photo.Offset} of {photo.File} in {files.Location})");
}
