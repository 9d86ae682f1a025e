using Sat.Datasets.Files.Decoders;
using Sat.Datasets.Files.Loading;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files;

/// <summary>Images in their files.</summary>
/// <param name="owner">Whose they are.</param>
/// <param name="files">Where they are; they stay open.</param>
/// <param name="decoding">What they become.</param>
/// <param name="images">Names and labels, in their order.</param>
sealed class ImageFolderSplit(ImageOwner owner, IImageFiles files, Decoding decoding, (string File, long Label)[] images)
    : IStreamedSplit,
        IHasSampleFiles,
        IDisposable
{
    private readonly ImageBatch _batch = new(owner.Dataset, decoding.Size, decoding.Threads);
    private readonly Tensor _labels = tensor(images.Select(i => i.Label).ToArray(), ScalarType.Int64).DetachFromDisposeScope();

    public long Count => images.Length;

    public Tensor Labels => _labels;

    public IReadOnlyList<string> Files { get; } = [.. images.Select(i => i.File)];

    public bool IsInFileOrder => false;

    public Tensor Read(ReadOnlySpan<long> indices)
    {
        string[] wanted = [.. indices.ToArray().Select(i => images[i].File)];
        return _batch.Read(
            wanted.Length,
            (i, image) =>
            {
                using var content = files.OpenRead(wanted[i]);
                ImageDecoder.Decode(content, decoding.Limit, decoding.White).ToSquare(decoding.Size).CopyTo(image.bytes);
            },
            (i, what) => $"dataset '{owner.Dataset}': {wanted[i]} in {files.Location} cannot be decoded: {what}. {owner.Remedy}"
        );
    }

    /// <summary>The same with all images decoded.</summary>
    public ResidentSplit InMemory() =>
        new(
            Read([.. Enumerable.Range(0, images.Length).Select(i => (long)i)]).DetachFromDisposeScope(),
            _labels.alias().DetachFromDisposeScope()
        )
        {
            Files = Files,
            IsInFileOrder = IsInFileOrder,
        };

    public void Dispose() => _labels.Dispose();
}
