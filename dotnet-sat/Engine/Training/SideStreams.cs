using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The streams that a method wants beside the main one (<see cref="IBatchStreams"/>).</summary>
public sealed class SideStreams : IDisposable
{
    private readonly SampleSet? _labelled;

    private SideStreams(IReadOnlyList<(string Name, SampleStream Stream)> all, SampleSet? labelled, Lock reading) =>
        (All, _labelled, Reading) = (all, labelled, reading);

    /// <summary>Held while images are read: a split is read from one thread at a time.</summary>
    internal Lock Reading { get; }

    internal IReadOnlyList<(string Name, SampleStream Stream)> All { get; }

    /// <summary>Makes the streams of a method; null where it has none.</summary>
    /// <param name="method">The method.</param>
    /// <param name="errors">For a method whose streams are wrong.</param>
    /// <param name="data">The run's data.</param>
    /// <param name="configured">The study's augmentation.</param>
    /// <param name="views">The views of the main batch.</param>
    /// <param name="pixels">From augmented to normalised images.</param>
    /// <param name="seeds">The run's random streams.</param>
    /// <param name="device">Where batches live.</param>
    /// <param name="readAhead">True to read images that are not in memory a batch ahead.</param>
    public static SideStreams? Create(
        Method method,
        MethodErrors errors,
        TrainingData data,
        IAugmentation configured,
        IReadOnlyList<IAugmentation> views,
        Pixels pixels,
        Seeds seeds,
        Device device,
        bool readAhead
    )
    {
        if (method is not IBatchStreams { Streams: var declared })
            return null;
        Check(declared, errors);
        var reading = new Lock();
        var labelled = declared.Any(d => d.Source == StreamSource.Labeled) ? Labelled(data, errors, device) : null;
        return new SideStreams([.. declared.Select(d => (d.Name, Stream(d)))], labelled, reading);

        SampleStream Stream(NamedStream stream)
        {
            var source = stream.Source == StreamSource.Labeled ? labelled! : data.Train;
            var (orderName, augmentationName) = ($"stream/{stream.Name}/order", $"stream/{stream.Name}/augmentation");
            var augmentation = seeds.Generator(augmentationName);
            var samples = method.Task.StepsPerEpoch * stream.BatchSize;
            return new SampleStream(
                source,
                stream.BatchSize,
                samples,
                new KeptOrder(orderName, seeds.Generator(orderName), (epoch, random) =>
                    Filled(FirstPass(stream, source.Count, epoch, random, errors), samples, random)
                ),
                new ViewMaker(stream.Views?.Invoke(configured) ?? views, pixels, augmentation, device),
                (augmentationName, augmentation),
                seeds,
                device,
                readAhead,
                reading
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _labelled?.Dispose();

    private static void Check(IReadOnlyList<NamedStream>? declared, MethodErrors errors)
    {
        if (declared is null)
            throw errors.Of("returned null for its streams: return an empty list if there are none");
        foreach (var stream in declared)
        {
            if (!MetricSchema.IsName(stream.Name))
                throw errors.Of($"has a stream named '{stream.Name}': a name has lower-case letters, digits and hyphens");
            if (declared.Count(d => d.Name == stream.Name) > 1)
                throw errors.Of($"has several streams named '{stream.Name}'");
            if (stream.BatchSize < 1)
                throw errors.Of(
                    FormattableString.Invariant($"has a stream '{stream.Name}' of batch size {stream.BatchSize}: it must be at least 1")
                );
        }
    }

    private static SampleSet Labelled(TrainingData data, MethodErrors errors, Device device)
    {
        if (data.Dataset is not IHasLabeled { Labeled: { Labels: { } labels } split })
            throw errors.Refuse("trains on labelled images of their own, and the dataset has none: choose a dataset that has");
        return new SampleSet(
            ImageSource.From(split, split.Count, device),
            labels.to(ScalarType.Int64).to(device).clone().DetachFromDisposeScope(),
            null
        );
    }

    private static Tensor FirstPass(NamedStream stream, long samples, int epoch, Generator random, MethodErrors errors) =>
        stream.Positions is { } positions
            ? Positions.Require(
                positions(new StreamEpoch(epoch, samples, random)),
                null,
                samples,
                $"{nameof(NamedStream)}.{nameof(NamedStream.Positions)} of its stream '{stream.Name}'",
                errors
            )
            : randperm(samples, ScalarType.Int64, generator: random);

    /// <summary>As many positions as an epoch needs: those of the first pass, and again in other orders.</summary>
    private static Tensor Filled(Tensor first, long length, Generator random)
    {
        var parts = new List<Tensor> { first };
        var count = first.shape[0];
        for (var have = count; have < length; have += count)
            parts.Add(first.index_select(0, randperm(count, ScalarType.Int64, generator: random)));
        return cat(parts).narrow(0, 0, length).clone();
    }
}
