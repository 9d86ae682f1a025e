using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Batches of samples from one source.</summary>
/// <param name="data">The source.</param>
/// <param name="batchSize">Samples a step; the last batch may have fewer.</param>
/// <param name="samples">Samples an epoch, the first of each order.</param>
/// <param name="order">Decides the order.</param>
/// <param name="views">Makes the views.</param>
/// <param name="augmentation">The name of the stream that the views draw from, and its generator.</param>
/// <param name="seeds">The run's random streams.</param>
/// <param name="device">Where batches live.</param>
/// <param name="readAhead">True to read images that are not in memory a batch ahead.</param>
/// <param name="reading">Held while images are read, where several streams read from one source; null: this is the only one.</param>
internal sealed class SampleStream(
    SampleSet data,
    int batchSize,
    long samples,
    IEpochOrder order,
    ViewMaker views,
    (string Name, Generator Random) augmentation,
    Seeds seeds,
    Device device,
    bool readAhead,
    Lock? reading
)
{
    private readonly RegionDraw? _parts =
        views.Regional is { } regional && data.Images.RegionReader is { } read
            ? new RegionDraw(regional, read, seeds, augmentation.Name)
            : null;

    /// <summary>The order of the next epoch; the caller disposes it.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public SampleOrder NextOrder(int epoch)
    {
        using var scope = NewDisposeScope();
        var positions = order.Next(epoch);
        // On the host as well: a step that asked the device for its positions would wait for it.
        var reader = data.Images.Reader is { } read
            ? new BatchReader(
                OneAtATime(_parts is null ? (_, p) => read(p) : (batch, p) => _parts.Read(epoch, batch, p)),
                positions.data<long>().ToArray()[..(int)samples],
                batchSize,
                device,
                readAhead
            )
            : null;
        return new SampleOrder(positions.to(device), reader);
    }

    /// <summary>A batch of an order; made within the step's dispose scope.</summary>
    public Batch Next(SampleOrder positions, int epoch, long stepInEpoch, long step)
    {
        var start = stepInEpoch * batchSize;
        var indices = positions.Indices.narrow(0, start, Math.Min(batchSize, samples - start));
        var images = positions.Select(data.Images, stepInEpoch, indices);
        return new Batch
        {
            Views = _parts is null ? views.Of(images) : views.OfParts(images),
            Labels = data.Given?.index_select(0, indices) ?? empty(0, ScalarType.Int64, device),
            Indices = indices,
            Epoch = epoch,
            Step = step,
        };
    }

    /// <summary>What a checkpoint must hold, by name.</summary>
    /// <param name="epochIsBegun">True if the present epoch's order was drawn.</param>
    public IEnumerable<KeyValuePair<string, Tensor>> States(bool epochIsBegun) =>
        order.States(epochIsBegun).Append(new(augmentation.Name, augmentation.Random.get_state()));

    /// <summary>Goes on with what a checkpoint holds.</summary>
    /// <exception cref="InvalidDataException">It does not hold all.</exception>
    public void Resume(IReadOnlyDictionary<string, Tensor> states)
    {
        order.Resume(states);
        augmentation.Random.set_state(
            states.GetValueOrDefault(augmentation.Name)
                ?? throw new InvalidDataException($"there is no state of the random stream {augmentation.Name} in the file")
        );
    }

    private Func<long, long[], Tensor> OneAtATime(Func<long, long[], Tensor> read) =>
        reading is null
            ? read
            : (batch, positions) =>
            {
                lock (reading)
                    return read(batch, positions);
            };
}
