using Sat.Engine.Conditions;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Parts of images that are drawn before the images are read.</summary>
[TestClass]
public sealed class RegionTests
{
    private static readonly string[] Outputs = ["weights.safetensors", "metrics.jsonl", "test-logits.npy"];

    private static readonly RunSpec Spec = Specs.Of(training: Specs.Training(epochs: 2, samples: 55, validation: 10, batchSize: 10));

    [TestMethod]
    public void Each_image_is_read_by_a_part_of_its_own_that_is_new_in_each_epoch()
    {
        var reads = new List<(long[] Positions, int[] Tops)>();
        using var run = Ran.Done(Spec, Components(Spec.Training, reads: (positions, tops) => reads.Add((positions, tops))));

        Assert.HasCount(10, reads);
        var epochs = reads
            .Chunk(5)
            .Select(e => e.SelectMany(r => r.Positions.Zip(r.Tops)).ToDictionary(p => p.First, p => p.Second))
            .ToArray();
        Assert.AreSequenceEqual(Enumerable.Range(0, 45).Select(i => (long)i), epochs[0].Keys.Order());
        Assert.IsGreaterThan(20, epochs[0].Values.Distinct().Count());
        Assert.IsLessThan(10, epochs[0].Count(p => epochs[1][p.Key] == p.Value));
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("0")]
    public void A_run_that_is_stopped_in_mid_epoch_goes_on_with_the_same_parts(string readAhead)
    {
        using var off = new Variable(ReadAhead.Variable, "0");
        using var whole = Ran.Done(Spec, Components(Spec.Training));
        using var variable = new Variable(ReadAhead.Variable, readAhead);
        using var stop = new CancellationTokenSource();
        using var stopped = Ran.Of(Spec, Components(Spec.Training, watch: time =>
            {
                if (time.Step == 7)
                    stop.Cancel();
            }), stop: stop.Token);
        Assert.AreEqual(RunStatus.Interrupted, stopped.Record.Status);

        var gone = stopped.GoOn(Spec, Components(Spec.Training));

        Assert.AreEqual(RunStatus.Done, gone.Record.Status, gone.Log);
        foreach (var file in Outputs)
            CollectionAssert.AreEqual(whole.Bytes(file), gone.Bytes(file), file);
    }

    [TestMethod]
    public void Each_view_shows_a_part_of_its_own()
    {
        Batch? seen = null;
        using var scope = NewDisposeScope();
        using var run = Ran.Done(
            Spec,
            new Components
            {
                Dataset = () => new Photos(Numbered.Streaming(60, 20), null),
                Augmentation = _ => new Parts(),
                Schedule = () => new Watching(_ => { }),
                Method = task => new TwoViews(task, batch =>
                    seen ??= batch with { Views = [.. batch.Views.Select(v => v.detach().clone().DetachFromDisposeScope())] }
                ),
            }
        );

        var tops = seen!.Views.Select(v => v.select(1, 0).select(1, 0).select(1, 0).mul(255).round().data<float>().ToArray()).ToArray();
        Assert.HasCount(2, tops);
        Assert.HasCount(10, tops[0]);
        Assert.AreNotEqual(string.Join(' ', tops[0]), string.Join(' ', tops[1]));
    }

    private static Components Components(TrainingSpec training, Action<long[], int[]>? reads = null, Action<TrainingTime>? watch = null) =>
        new()
        {
            Dataset = () => new Photos(Numbered.Streaming(60, 20), reads),
            Augmentation = _ => new Parts(),
            Schedule = () => new Watching(watch ?? (_ => { })),
        };

    /// <summary>A part of a hundred rows, anywhere.</summary>
    private sealed class Parts : IAugmentation, IRegional
    {
        public Tensor Apply(Tensor images, Generator random) => throw new InvalidOperationException("the parts are read from the files");

        public IReadOnlyList<Func<int, int, Region>> Regions(int images, Generator random)
        {
            using var tops = randint(0, 200, [images], ScalarType.Int64, generator: random);
            return [.. tops.data<long>().ToArray().Select(top => (Func<int, int, Region>)((_, _) => new((int)top, 0, 100, 100, false)))];
        }
    }

    /// <summary>Images whose parts have the number of their first row in every pixel.</summary>
    private sealed class Photos(IDataset whole, Action<long[], int[]>? reads) : IDataset, IHasTrueLabels
    {
        public IReadOnlyList<string> Classes => whole.Classes;

        public ImageShape Shape => whole.Shape;

        public Normalization? Normalization => null;

        public ISplit Train { get; } = new Split((IStreamedSplit)whole.Train, reads);

        public ISplit Test => whole.Test;

        public bool LabelsAreTrue => true;

        public void Dispose() => whole.Dispose();
    }

    private sealed class Split(IStreamedSplit whole, Action<long[], int[]>? reads) : IRegionSplit
    {
        public long Count => whole.Count;

        public Tensor? Labels => whole.Labels;

        public Tensor Read(ReadOnlySpan<long> indices) => whole.Read(indices);

        public Tensor Read(ReadOnlySpan<long> indices, IReadOnlyList<Func<int, int, Region>> regions)
        {
            int[] tops = [.. regions.Select(r => r(300, 300).Top)];
            reads?.Invoke(indices.ToArray(), tops);
            using var scope = NewDisposeScope();
            return tensor(tops.Select(t => (byte)t).ToArray()).view(-1, 1, 1, 1).expand(-1, 1, 8, 8).contiguous().MoveToOuterDisposeScope();
        }
    }

    private sealed class TwoViews(TrainingTask task, Action<Batch> see) : ClassifierMethod(task), IMultiView
    {
        public IReadOnlyList<IAugmentation> Views(IAugmentation configured) => configured.Views(2);

        public override Tensor Loss(Batch batch)
        {
            see(batch);
            return nn.functional.cross_entropy(Model.call(batch.Views[1]), batch.Labels);
        }
    }
}
