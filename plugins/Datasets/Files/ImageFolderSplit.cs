using System.Collections.Concurrent;
using Sat.Datasets.Files.Decoders;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files;

/// <summary>Images in their files, decoded by as many threads as there are processors.</summary>
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
        var wanted = indices.ToArray();
        var batch = empty([wanted.Length, 3, decoding.Size, decoding.Size], ScalarType.Byte);
        var problems = new ConcurrentBag<Problem>();
        try
        {
            Parallel.For(0, wanted.Length, i =>
            {
                var file = images[wanted[i]].File;
                try
                {
                    using var content = files.OpenRead(file);
                    var pixels = ImageDecoder.Decode(content, decoding.Limit, decoding.White).ToSquare(decoding.Size);
                    using var image = batch[i];
                    pixels.CopyTo(image.bytes);
                }
                catch (InvalidDataException e)
                {
                    problems.Add(
                        new Problem($"dataset '{owner.Dataset}': {file} in {files.Location} cannot be decoded: {e.Message}. {owner.Remedy}")
                    );
                }
            });
            return problems.IsEmpty ? batch : throw new SatException(ExitCode.Environment, Told(problems));
        }
        catch
        {
            batch.Dispose();
            throw;
        }
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

    /// <summary>The first few, and how many more.</summary>
    private IReadOnlyList<Problem> Told(IReadOnlyCollection<Problem> problems)
    {
        const int most = 5;
        Problem[] first = [.. problems.OrderBy(p => p.Message, StringComparer.Ordinal).Take(most)];
        return problems.Count <= most
            ? first
            :
            [
                .. first,
                new Problem($"dataset '{owner.Dataset}': {Records.Count.Of(problems.Count - most, "more file")} cannot be decoded."),
            ];
    }
}
