using Sat.Datasets.Files.Loading;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>Photos where they lie.</summary>
/// <param name="files">The archives, or the photos; they stay open.</param>
/// <param name="options">Sizes.</param>
/// <param name="photos">The photos in their order.</param>
/// <param name="classes">Numbers of the classes.</param>
/// <param name="threads">Threads that decode.</param>
sealed class ImageNetSplit(PhotoFiles files, ImageNetOptions options, Photo[] photos, Dictionary<string, long> classes, int threads)
    : IRegionSplit,
        IHasSampleFiles,
        IDisposable
{
    private readonly ImageBatch _batch = new(ImageNetFiles.Id, options.Size, threads);
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
        files.RequireSame();
        Photo[] wanted = [.. indices.ToArray().Select(i => photos[i])];
        return _batch.Read(
            wanted.Length,
            (i, image) => PhotoDecoder.Decode(files.Read(wanted[i]), frames(i), options.Size, image.bytes),
            (i, what) =>
                $"dataset '{ImageNetFiles.Id}': {wanted[i].Name} {Place(wanted[i])} cannot be decoded: {what}. Replace it, or set 'bad-files: skip'."
        );
    }

    private string Place(Photo photo) =>
        photo.Length is null
            ? $"in {files.Location}"
            : FormattableString.Invariant($"({photo.Length} bytes from byte {photo.Offset} of {photo.File} in {files.Location})");
}
