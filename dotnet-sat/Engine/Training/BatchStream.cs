using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The batches of an epoch, in an order of the run's seed or of the method, each with the views that the method wants, and with
/// the batches of the method's other streams.</summary>
public sealed class BatchStream
{
    /// <summary>Samples of a batch that is looked at without being trained on, which has no gradients to keep.</summary>
    private const long SurveyBatch = 512;

    private readonly SampleSet _data;
    private readonly Pixels _pixels;
    private readonly Device _device;
    private readonly SampleStream _main;
    private readonly SideStreams? _others;

    /// <param name="data">What is trained on.</param>
    /// <param name="training">Sizes.</param>
    /// <param name="views">An augmentation a view.</param>
    /// <param name="pixels">From augmented to normalised images.</param>
    /// <param name="seeds">Streams of the order and of the augmentation.</param>
    /// <param name="device">Where batches live.</param>
    /// <param name="readAhead">True to read images that are not in memory a batch ahead.</param>
    /// <param name="sampler">Makes the order of an epoch, as <see cref="ISampler.Order"/> does, checked and on the CPU; null: all samples
    /// in random order.</param>
    /// <param name="others">The method's other streams; null: it has none.</param>
    public BatchStream(
        SampleSet data,
        TrainingOptions training,
        IReadOnlyList<IAugmentation> views,
        Pixels pixels,
        Seeds seeds,
        Device device,
        bool readAhead = false,
        Func<int, Generator, Tensor>? sampler = null,
        SideStreams? others = null
    )
    {
        (_data, _pixels, _device) = (data, pixels, device);
        SamplesPerEpoch = training.SamplesPerEpoch(data.Count);
        StepsPerEpoch = training.StepsPerEpoch(data.Count);
        _others = others;
        var (order, augmentation) = (seeds.Generator(Seeds.Order), seeds.Generator(Seeds.Augmentation));
        _main = new SampleStream(
            data,
            training.BatchSize,
            SamplesPerEpoch,
            sampler is null ? new ShuffledOrder(Seeds.Order, order, data.Count) : new KeptOrder(Seeds.Order, order, sampler),
            new ViewMaker(views, pixels, augmentation, device),
            (Seeds.Augmentation, augmentation),
            seeds,
            device,
            readAhead,
            others?.Reading
        );
    }

    /// <summary>Samples that an epoch trains on: all, or those of whole batches.</summary>
    public long SamplesPerEpoch { get; }

    /// <summary>Steps in an epoch; the last may be partial.</summary>
    public long StepsPerEpoch { get; }

    /// <summary>The orders of the next epoch; the caller disposes them.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public EpochOrders NextOrders(int epoch) => new(_main.NextOrder(epoch), [.. All().Select(o => o.Stream.NextOrder(epoch))]);

    /// <summary>What a checkpoint must hold, by name: the states of the generators, and orders that could not be drawn again.</summary>
    /// <param name="epochIsBegun">True if the present epoch's orders were drawn.</param>
    public IEnumerable<KeyValuePair<string, Tensor>> States(bool epochIsBegun) =>
        _main.States(epochIsBegun).Concat(All().SelectMany(o => o.Stream.States(epochIsBegun)));

    /// <summary>Goes on with what a checkpoint holds.</summary>
    /// <exception cref="InvalidDataException">It does not hold all.</exception>
    public void Resume(IReadOnlyDictionary<string, Tensor> states)
    {
        _main.Resume(states);
        foreach (var (_, stream) in All())
            stream.Resume(states);
    }

    /// <summary>A batch of an epoch; made within the step's dispose scope.</summary>
    public Batch Next(EpochOrders orders, int epoch, long stepInEpoch)
    {
        var step = epoch * StepsPerEpoch + stepInEpoch;
        var batch = _main.Next(orders.Main, epoch, stepInEpoch, step);
        return _others is null
            ? batch
            : batch with
            {
                Streams = _others
                    .All.Zip(orders.Others)
                    .ToDictionary(o => o.First.Name, o => o.First.Stream.Next(o.Second, epoch, stepInEpoch, step)),
            };
    }

    /// <summary>All samples once, in their own order and without augmentation, as <see cref="ISurvey.Survey"/> wants them.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public IEnumerable<Batch> Survey(int epoch)
    {
        for (var start = 0L; start < _data.Count; start += SurveyBatch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(SurveyBatch, _data.Count - start);
            yield return new Batch
            {
                Views = [_pixels.Normalize(_data.Images.Fetch(start, count))],
                Labels = _data.Given?.narrow(0, start, count).clone() ?? empty(0, ScalarType.Int64, _device),
                Indices = arange(start, start + count, ScalarType.Int64, _device),
                Epoch = epoch,
                Step = epoch * StepsPerEpoch,
            };
        }
    }

    private IReadOnlyList<(string Name, SampleStream Stream)> All() => _others?.All ?? [];
}
