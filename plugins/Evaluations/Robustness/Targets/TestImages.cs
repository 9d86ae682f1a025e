using Sat.Evaluations.Representations;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Targets;

/// <summary>The first of the test images, in blocks.</summary>
sealed class TestImages : IDisposable
{
    readonly LabelledImages _images;
    readonly Device _device;
    readonly int _blockSize;

    /// <param name="owner">Which evaluation asks, for messages.</param>
    /// <param name="context">The data.</param>
    /// <param name="samples">How many; 0: all.</param>
    /// <param name="blockSize">How many at once.</param>
    /// <exception cref="SatException">They have no labels, or there are fewer (exit code 2).</exception>
    public TestImages(string owner, EvaluationContext context, int samples, int blockSize)
    {
        _images = new LabelledImages(owner, "test", context.Dataset.Test, context.Device);
        (_device, _blockSize) = (context.Device, blockSize);
        if (samples > _images.Count)
        {
            var count = _images.Count;
            _images.Dispose();
            throw new SatException(
                ExitCode.Planning,
                $"evaluation '{owner}' is to attack {Records.Count.Of(samples, "image")} (samples), but the dataset has {Records.Count.Of(count, "test image")}."
            );
        }
        Total = samples == 0 ? (int)_images.Count : samples;
    }

    /// <summary>Images in all.</summary>
    public int Total { get; }

    /// <summary>Blocks in all; the last may be smaller.</summary>
    public int Blocks => (Total + _blockSize - 1) / _blockSize;

    /// <summary>Where a block begins, and how many images it has.</summary>
    public (int First, int Count) Range(int block) => (block * _blockSize, Math.Min(_blockSize, Total - (block * _blockSize)));

    /// <summary>Some images, float32 in [0, 1], [indices, channels, height, width], and their labels, int64 [indices], on the
    /// device.</summary>
    public (Tensor Images, Tensor Labels) Fetch(params long[] indices)
    {
        var positions = tensor(indices, device: _device);
        var images = _images.Fetch(positions);
        return (images.is_floating_point() ? images : images.to(ScalarType.Float32).div_(255), _images.Labels.index_select(0, positions));
    }

    /// <summary>The images and labels of a block.</summary>
    public (Tensor Images, Tensor Labels) Block(int block)
    {
        var (first, count) = Range(block);
        return Fetch([.. Enumerable.Range(first, count).Select(i => (long)i)]);
    }

    public void Dispose() => _images.Dispose();
}
