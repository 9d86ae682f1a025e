using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>Images as bytes, fetched by position onto the training device.</summary>
public abstract class ImageSource : IDisposable
{
    /// <summary>How many images there are.</summary>
    public abstract long Count { get; }

    /// <summary>uint8 [indices, channels, height, width] on the device.</summary>
    /// <param name="indices">int64 on the device.</param>
    public abstract Tensor Fetch(Tensor indices);

    /// <summary>Positions to images on the CPU, as the dataset decodes them (<see cref="IStreamedSplit.Read"/>); null: they are in
    /// memory.</summary>
    public virtual Func<long[], Tensor>? Reader => null;

    /// <summary>Positions and a part of each image to images on the CPU (<see cref="IRegionSplit"/>); null: they are read whole.</summary>
    public virtual Func<long[], IReadOnlyList<Func<int, int, Region>>, Tensor>? RegionReader => null;

    /// <summary>Images to be gathered by whoever reads them; made within a dispose scope.</summary>
    /// <param name="indices">int64 on the device.</param>
    public virtual ImageSelection Select(Tensor indices) => new(Fetch(indices), null);

    /// <summary>uint8 [count, channels, height, width] on the device: the images from <paramref name="start"/> on.</summary>
    public abstract Tensor Fetch(long start, long count);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The first <paramref name="count"/> images of a split; bytes in memory move to the device whole.</summary>
    public static ImageSource From(ISplit split, long count, Device device) =>
        split switch
        {
            ResidentSplit resident => new Resident(resident.Images.narrow(0, 0, count).to(device)),
            IStreamedSplit streamed => new Streamed(streamed, count, device),
            _ => throw new NotSupportedException(
                $"{split.GetType().Name} is neither a {nameof(ResidentSplit)} nor a {nameof(IStreamedSplit)}"
            ),
        };

    /// <summary>Images in memory.</summary>
    /// <param name="images">uint8 on the device; owned by the source from now on.</param>
    public static ImageSource From(Tensor images) => new Resident(images);

    private sealed class Resident(Tensor images) : ImageSource
    {
        private readonly Tensor _images = images.DetachFromDisposeScope();

        public override long Count => _images.shape[0];

        public override Tensor Fetch(Tensor indices) => _images.index_select(0, indices);

        public override ImageSelection Select(Tensor indices) => new(_images, indices);

        public override Tensor Fetch(long start, long count) => _images.narrow(0, start, count);

        public override void Dispose() => _images.Dispose();
    }

    private sealed class Streamed(IStreamedSplit split, long count, Device device) : ImageSource
    {
        public override long Count => count;

        public override Func<long[], Tensor> Reader => positions => split.Read(positions);

        public override Func<long[], IReadOnlyList<Func<int, int, Region>>, Tensor>? RegionReader =>
            split is IRegionSplit regional ? (positions, regions) => regional.Read(positions, regions) : null;

        public override Tensor Fetch(Tensor indices)
        {
            using var positions = indices.cpu();
            return Read(positions.data<long>().ToArray());
        }

        public override Tensor Fetch(long start, long count) => Read([.. Enumerable.Range(0, (int)count).Select(i => start + i)]);

        public override void Dispose()
        {
            // The dataset owns what it streams from.
        }

        private Tensor Read(long[] indices)
        {
            var images = split.Read(indices);
            return images.device_type == device.type ? images : images.to(device, disposeAfter: true);
        }
    }
}
