using Sat.Engine.Randomness;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>
/// A run's data, in the order of the recipes: the subset is taken from the training set's front, the noise is drawn over
/// all of it, the last samples are held out, and the rest is trained on.
/// </summary>
public sealed class TrainingData : IDisposable
{
    private TrainingData(IDataset dataset, SampleSet train, SampleSet? validation, SampleSet test)
    {
        Dataset = dataset;
        Train = train;
        Validation = validation;
        Test = test;
    }

    public IDataset Dataset { get; }

    public SampleSet Train { get; }

    public SampleSet? Validation { get; }

    public SampleSet Test { get; }

    /// <summary>True if the dataset vouches for its labels; null: it has none.</summary>
    public bool? TrueLabels { get; private init; }

    /// <summary>Share of training labels that are wrong, before the split; null: nobody knows.</summary>
    public double? WrongLabels { get; private init; }

    /// <summary>Share of training labels that the noise changed, before the split, where nobody knows whether they were true.</summary>
    public double? ChangedLabels { get; private init; }

    /// <summary>Share of training images that are corrupted, before the split.</summary>
    public double? CorruptedImages { get; private init; }

    /// <summary>The noise pattern, int64: labels of all samples before the split, or the positions of corrupted images.</summary>
    public long[] NoisePattern { get; private init; } = [];

    /// <summary>What is odd about what is left to train on, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Opens the dataset and does all of the above.</summary>
    /// <param name="request">The run.</param>
    /// <param name="components">Opens the dataset, and applies the noise.</param>
    /// <param name="files">Their files.</param>
    /// <param name="seeds">The run's random streams.</param>
    /// <param name="device">Where images and labels are wanted.</param>
    /// <param name="loaderThreads">Threads that decode images which are not in memory, at least 1.</param>
    /// <exception cref="SatException">Files are missing or others than the run's; sizes do not fit (exit code 5 or 2).</exception>
    public static TrainingData Open(
        RunRequest request,
        IComponentFactory components,
        RunFiles files,
        Seeds seeds,
        Device device,
        int loaderThreads
    )
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var spec = request.Spec;
        var dataset = components.OpenDataset(
            spec.Dataset,
            files.Paths(SpecSlots.Dataset),
            new DatasetContext(files.For(SpecSlots.Dataset, spec.Dataset)) { LoaderThreads = loaderThreads }
        );
        DataCheck.Require(spec.Dataset.Id, dataset);
        var training = spec.Training;
        var isWhole = request.AllIfFewer == true && training.Samples > dataset.Train.Count;
        if (isWhole)
            training = training with { Samples = 0 };
        if (TrainingSize.Problem(spec.Dataset.Id, training, dataset.Train.Count) is { } wrong)
            throw new SatException(ExitCode.Planning, wrong.Problem);
        var count = training.Samples > 0 ? training.Samples : dataset.Train.Count;
        var held = training.Validation;

        var clean = dataset.Train.Labels?.narrow(0, 0, count);
        var resident = dataset.Train as ResidentSplit;
        var noise = components.ApplyNoise(
            spec.Noise,
            files.Paths(SpecSlots.Noise),
            new NoiseContext
            {
                Labels = clean ?? zeros(0, ScalarType.Int64),
                Images = resident?.Images.narrow(0, 0, count),
                WholeTrainingSet = dataset.Train.Count,
                SampleFiles = (dataset.Train as IHasSampleFiles)?.Files,
                SamplesAreInFileOrder = (dataset.Train as IHasSampleFiles)?.IsInFileOrder ?? true,
                Classes = dataset.Classes,
                Normalization = dataset.Normalization,
                Generator = seeds.Generator(Seeds.Noise),
                Files = files.OptionsOf(SpecSlots.Noise, spec.Noise),
            }
        );
        var given = noise.Labels ?? clean;
        CheckLabels(spec, given, count, dataset.Classes.Count);
        if (given is not null && clean is null)
            DataCheck.RequireSamples($"noise '{spec.Noise.Id}'", given, dataset);

        bool? vouched = clean is null ? null : dataset is IHasTrueLabels { LabelsAreTrue: true };
        var tells = vouched == true || (clean is not null && noise.Labels is not null);
        var changedLabels = given is null || clean is null ? null : (double?)given.ne(clean).to(ScalarType.Float64).mean().item<double>();
        var images = noise.Images is { } changed ? ImageSource.From(changed.to(device)) : ImageSource.From(dataset.Train, count, device);
        var changedImages =
            noise.Images is null || resident is null
                ? null
                : noise.CorruptedImages?.to(ScalarType.Int64) ?? arange(count, ScalarType.Int64);
        SampleSet Part(long start, long length) =>
            new(
                new PartOfSource(images, start, length),
                OnDevice(given?.narrow(0, start, length), device),
                tells || changedImages is not null ? OnDevice(clean?.narrow(0, start, length), device) : null
            )
            {
                TellsWrongLabels = tells,
                Originals =
                    changedImages?.masked_select(changedImages.ge(start).logical_and(changedImages.lt(start + length))) is { } within
                    && within.shape[0] > 0
                        ? new Originals(resident!.Images, within, start, device)
                        : null,
            };
        var data = new TrainingData(
            dataset,
            Part(0, count - held),
            held > 0 ? Part(count - held, held) : null,
            new SampleSet(
                ImageSource.From(dataset.Test, dataset.Test.Count, device),
                OnDevice(dataset.Test.Labels, device),
                OnDevice(dataset.Test.Labels, device)
            )
        )
        {
            TrueLabels = vouched,
            WrongLabels = vouched == true ? changedLabels : null,
            ChangedLabels = vouched == false ? changedLabels : null,
            CorruptedImages = noise.CorruptedImages is { } corrupted ? (double)corrupted.shape[0] / count : null,
            Warnings =
            [
                .. isWhole
                    ?
                    [
                        $"the preset takes {spec.Training.Samples} training samples, and {spec.Dataset.Id} has {dataset.Train.Count}: all of them are taken",
                    ]
                    : Array.Empty<string>(),
                .. given is not null
                && DataCheck.Missing(dataset.Train.Labels, given.narrow(0, 0, count - held), dataset.Classes) is { } missing
                    ? [missing]
                    : Array.Empty<string>(),
            ],
            NoisePattern = (noise.CorruptedImages ?? given)?.to(ScalarType.Int64).data<long>().ToArray() ?? [],
        };
        return data;
    }

    /// <summary>What a run's record says of its data.</summary>
    public RunData Describe(string? noiseHash) =>
        new()
        {
            Classes = Dataset.Classes,
            ImageShape = [Dataset.Shape.Channels, Dataset.Shape.Height, Dataset.Shape.Width],
            Train = Train.Count,
            Validation = Validation?.Count ?? 0,
            Test = Test.Count,
            Reading = Dataset is IHasReadingNotes { Notes: { Count: > 0 } notes } ? notes : null,
            TrueLabels = TrueLabels,
            WrongLabels = WrongLabels,
            ChangedLabels = ChangedLabels,
            CorruptedImages = CorruptedImages,
            NoiseHash = noiseHash,
        };

    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
        Test.Dispose();
        Dataset.Dispose();
    }

    private static void CheckLabels(RunSpec spec, Tensor? given, long count, int classes)
    {
        if (given is null)
            return;
        if (given.shape is not [var length] || length != count)
            throw new SatException(
                ExitCode.Environment,
                $"noise '{spec.Noise.Id}' gives labels of shape [{string.Join(", ", given.shape)}] for {count} training samples."
            );
        using var least = given.min();
        using var most = given.max();
        if (least.item<long>() < 0 || most.item<long>() >= classes)
            throw new SatException(
                ExitCode.Environment,
                $"noise '{spec.Noise.Id}' gives labels from {least.item<long>()} to {most.item<long>()}; {spec.Dataset.Id} has the classes 0 to {classes - 1}."
            );
    }

    private static Tensor? OnDevice(Tensor? labels, Device device) =>
        labels?.to(ScalarType.Int64).to(device).clone().DetachFromDisposeScope();

    private sealed class PartOfSource(ImageSource whole, long start, long count) : ImageSource
    {
        public override long Count => count;

        public override Func<long[], Tensor>? Reader =>
            whole.Reader is { } read && start > 0 ? positions => read(Shifted(positions)) : whole.Reader;

        public override Func<long[], IReadOnlyList<Func<int, int, Region>>, Tensor>? RegionReader =>
            whole.RegionReader is { } read && start > 0 ? (positions, regions) => read(Shifted(positions), regions) : whole.RegionReader;

        public override Tensor Fetch(Tensor indices)
        {
            if (start == 0)
                return whole.Fetch(indices);
            using var shifted = indices + start;
            return whole.Fetch(shifted);
        }

        public override ImageSelection Select(Tensor indices) => whole.Select(start == 0 ? indices : indices + start);

        public override Tensor Fetch(long first, long length) => whole.Fetch(start + first, length);

        public override void Dispose()
        {
            if (start == 0)
                whole.Dispose();
        }

        private long[] Shifted(long[] positions) => [.. positions.Select(p => start + p)];
    }
}
