using Sat.Datasets.Files.Decoders;
using Sat.Datasets.Files.Loading;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files;

/// <summary>Images in their files, decoded by several threads.</summary>
/// <param name="owner">Whose they are.</param>
/// <param name="files">Where they are; they stay open.</param>
/// <param name="decoding">What they become.</param>
/// <param name="images">Names and labels, in their order.</param>
sealed class ImageFolderSplit(ImageOwner owner, IImageFiles files, Decoding decoding, (string File, long Label)[] images)
    : IStreamedSplit,
        IHasSampleFiles,
        IDisposable
{
    private readonly Tensor _labels = tensor(images.Select(i => i.Label).ToArray(), ScalarType.Int64).DetachFromDisposeScope();

    public long Count => images.Length;

    public Tensor Labels => _labels;

    public IReadOnlyList<string> Files { get; } = [.. images.Select(i => i.File)];

    public bool IsInFileOrder => false;

    public Tensor Read(ReadOnlySpan<long> indices)
    {
        var problems = new BadImages(owner, files);
        var batch = Decode(indices.ToArray(), problems);
        if (problems.IsEmpty)
            return batch;
        batch.Dispose();
        throw problems.Refused();
    }

    /// <summary>The same with all images decoded.</summary>
    /// <param name="problems">Receives those that cannot be.</param>
    public ResidentSplit InMemory(BadImages problems) =>
        new(
            Decode([.. Enumerable.Range(0, images.Length).Select(i => (long)i)], problems).DetachFromDisposeScope(),
            _labels.alias().DetachFromDisposeScope()
        )
        {
            Files = Files,
            IsInFileOrder = IsInFileOrder,
        };

    /// <summary>Decodes all images and keeps none.</summary>
    /// <param name="problems">Receives those that cannot be.</param>
    public void Check(BadImages problems) => OnThreads.For(images.Length, decoding.Threads, i => Decode(images[i].File, problems));

    public void Dispose() => _labels.Dispose();

    /// <summary>uint8 [wanted, 3, size, size]; what cannot be decoded is left as it happens to be.</summary>
    private Tensor Decode(long[] wanted, BadImages problems)
    {
        var batch = empty([wanted.Length, 3, decoding.Size, decoding.Size], ScalarType.Byte);
        try
        {
            OnThreads.For(wanted.Length, decoding.Threads, i =>
            {
                if (Decode(images[wanted[i]].File, problems) is not { } pixels)
                    return;
                using var image = batch[i];
                pixels.CopyTo(image.bytes);
            });
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private byte[]? Decode(string file, BadImages problems)
    {
        try
        {
            using var content = files.OpenRead(file);
            return ImageDecoder.Decode(content, decoding.Limit, decoding.White).ToSquare(decoding.Size);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problems.Add(file, e.Message.TrimEnd('.'));
            return null;
        }
    }
}
