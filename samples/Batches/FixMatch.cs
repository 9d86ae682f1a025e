using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Batches;

public sealed record FixMatchOptions
{
    [Option("Labelled samples, the first of the training set; the labels of the others are not looked at", Min = 1)]
    public int Labelled { get; init; } = 40;

    [Option("Labelled samples a step", Min = 1)]
    public int LabelledBatch { get; init; } = 16;

    [Option("Probability from which on a prediction counts as a label", Min = 0, Max = 1)]
    public double Threshold { get; init; } = 0.95;

    [Option("Weight of the loss on unlabelled samples", Min = 0)]
    public double Weight { get; init; } = 1;
}

/// <summary>The main batch is the unlabelled one, with a weak and a strong view of each image; the stream beside it has labels.</summary>
internal sealed class FixMatch(TrainingTask task, FixMatchOptions options) : ClassifierMethod(task), IMultiView, IBatchStreams
{
    private const string Labelled = "labelled";

    public IReadOnlyList<NamedStream> Streams =>
        [
            new()
            {
                Name = Labelled,
                BatchSize = options.LabelledBatch,
                Views = configured => [configured],
                Positions = epoch => randperm(Math.Min(options.Labelled, epoch.Samples), ScalarType.Int64, generator: epoch.Random),
            },
        ];

    public IReadOnlyList<IAugmentation> Views(IAugmentation configured) => [configured, new Cutout(configured)];

    public override Tensor Loss(Batch batch)
    {
        var labelled = batch.Streams[Labelled];
        var supervised = cross_entropy(Model.call(labelled.Images), labelled.Labels);
        Tensor confident,
            guessed;
        using (no_grad())
        {
            (var confidence, guessed) = softmax(Model.call(batch.Views[0]), 1).max(1);
            confident = confidence.ge(options.Threshold).to(ScalarType.Float32);
        }
        var agreement = cross_entropy(Model.call(batch.Views[1]), guessed, reduction: nn.Reduction.None) * confident;
        return supervised + options.Weight * agreement.mean();
    }
}
