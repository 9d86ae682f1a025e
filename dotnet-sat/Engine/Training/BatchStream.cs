using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The batches of an epoch, in an order of the run's seed, each with the views that the method wants.</summary>
/// <param name="data">What is trained on.</param>
/// <param name="training">Sizes.</param>
/// <param name="views">An augmentation a view.</param>
/// <param name="pixels">From augmented to normalised images.</param>
/// <param name="seeds">Streams of the order and of the augmentation.</param>
/// <param name="device">Where batches live.</param>
/// <param name="readAhead">True to read images that are not in memory a batch ahead.</param>
public sealed class BatchStream(
    SampleSet data,
    TrainingOptions training,
    IReadOnlyList<IAugmentation> views,
    Pixels pixels,
    Seeds seeds,
    Device device,
    bool readAhead = false
)
{
    private readonly Generator _order = seeds.Generator(Seeds.Order);
    private readonly Generator _augmentation = seeds.Generator(Seeds.Augmentation);
    private Tensor? _beforeOrder;

    /// <summary>Samples that an epoch trains on: all, or those of whole batches.</summary>
    public long SamplesPerEpoch { get; } = training.SamplesPerEpoch(data.Count);

    /// <summary>Steps in an epoch; the last may be partial.</summary>
    public long StepsPerEpoch { get; } = training.StepsPerEpoch(data.Count);

    /// <summary>The order of the next epoch; the caller disposes it.</summary>
    public SampleOrder NextOrder()
    {
        using var scope = NewDisposeScope();
        _beforeOrder?.Dispose();
        _beforeOrder = _order.get_state().DetachFromDisposeScope();
        var order = randperm(data.Count, ScalarType.Int64, generator: _order);
        // On the host as well: a step that asked the device for its positions would wait for it.
        var reader = data.Images.Reader is { } read
            ? new BatchReader(read, order.data<long>().ToArray()[..(int)SamplesPerEpoch], training.BatchSize, device, readAhead)
            : null;
        return new SampleOrder(order.to(device), reader);
    }

    /// <summary>States of the generators, by the names of their streams; the order's is that before the present epoch's order was
    /// drawn.</summary>
    /// <param name="epochIsBegun">True if the present epoch's order was drawn.</param>
    public IEnumerable<KeyValuePair<string, Tensor>> RandomStates(bool epochIsBegun) =>
        [new(Seeds.Order, epochIsBegun ? _beforeOrder! : _order.get_state()), new(Seeds.Augmentation, _augmentation.get_state())];

    /// <summary>Puts the states back.</summary>
    public void Resume(IReadOnlyDictionary<string, Tensor> states)
    {
        _order.set_state(states[Seeds.Order]);
        _augmentation.set_state(states[Seeds.Augmentation]);
    }

    /// <summary>A batch of an order; made within the step's dispose scope.</summary>
    public Batch Next(SampleOrder order, int epoch, long stepInEpoch)
    {
        var start = stepInEpoch * training.BatchSize;
        var indices = order.Indices.narrow(0, start, Math.Min(training.BatchSize, SamplesPerEpoch - start));
        return new Batch
        {
            Views = Views(order.Select(data.Images, stepInEpoch, indices)),
            Labels = data.Given?.index_select(0, indices) ?? empty(0, ScalarType.Int64, device),
            Indices = indices,
            Epoch = epoch,
            Step = epoch * StepsPerEpoch + stepInEpoch,
        };
    }

    private IReadOnlyList<Tensor> Views(ImageSelection images)
    {
        Tensor? gathered = null;
        var result = new List<Tensor>();
        foreach (var view in views)
        {
            result.Add(
                view is IWindowed windowed && device.type == DeviceType.CPU
                    ? pixels.Normalize(images, windowed.Windows((int)images.Count, _augmentation))
                    : pixels.Normalize(view.Apply(gathered ??= images.Gather(), _augmentation))
            );
        }
        return result;
    }
}
