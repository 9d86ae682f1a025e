using System.Collections.Concurrent;
using Sat.Records;
using static TorchSharp.torch;

namespace Sat.Datasets.Files.Loading;

/// <summary>Decodes the images of a batch by several threads. What comes of it does not depend on how many; each thread has one image at a
/// time, so memory is the batch's and that of as many images as there are threads.</summary>
/// <param name="dataset">The dataset's id, for messages.</param>
/// <param name="size">Height and width of the images.</param>
/// <param name="threads">How many threads, at least 1.</param>
sealed class ImageBatch(string dataset, int size, int threads)
{
    /// <summary>uint8 [count, 3, size, size].</summary>
    /// <param name="count">How many images.</param>
    /// <param name="decode">Decodes the image of a place in the batch into bytes, [3, size, size]; called by any thread.</param>
    /// <param name="problem">From a place and what is wrong with its image, half a sentence, to what is said of it.</param>
    /// <exception cref="SatException">Some cannot be read; the first few are named (exit code 5).</exception>
    public Tensor Read(int count, Action<int, Tensor> decode, Func<int, string, string> problem)
    {
        var batch = empty([count, 3, size, size], ScalarType.Byte);
        var problems = new ConcurrentBag<Problem>();
        try
        {
            OnThreads.For(count, threads, i =>
            {
                try
                {
                    using var image = batch[i];
                    decode(i, image);
                }
                catch (SatException e)
                {
                    foreach (var found in e.Problems)
                        problems.Add(found);
                }
                catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    problems.Add(new Problem(problem(i, e.Message.TrimEnd('.'))));
                }
            });
            return problems.IsEmpty
                ? batch
                : throw new SatException(
                    ExitCode.Environment,
                    UndecodedFiles.FirstFew(
                        dataset,
                        [.. problems.DistinctBy(p => p.Message).OrderBy(p => p.Message, StringComparer.Ordinal)]
                    )
                );
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
