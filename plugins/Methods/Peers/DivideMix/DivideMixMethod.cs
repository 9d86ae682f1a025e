using Sat.Methods.Peers.Labelled;
using Sat.Methods.Peers.Pairs;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.DivideMix;

/// <summary>
/// DivideMix (arXiv 2002.07394, Algorithm 1): two networks, each of which tells right labels from wrong ones by its losses, for the other
/// to train on: those that it takes for right with their labels, the rest without. Scores are the means of both networks'; the published
/// code adds them.
/// <para>
/// The published code trains one network for a whole epoch, and then the other, beside the first as that epoch left it. Here a step trains
/// the one and then the other, since an epoch of a run is one pass over steps, after any of which it can be stopped. A network makes as
/// many steps in an epoch as there: as its labelled samples fill batches. It rests in those that are left.
/// </para>
/// <para>
/// The last of its batches is filled up with samples that come again. The warm-up has batches of the study's size, where the published
/// code doubles it. Losses that are all equal divide nothing, and where a part would be empty, all samples take its place.
/// </para>
/// </summary>
sealed class DivideMixMethod
    : Method,
        IClassifier,
        IOutputs,
        IHasBackbone,
        ISampleSelection,
        IMethodMetrics,
        IMultiView,
        ISampler,
        IBatchStreams,
        ISurvey,
        IOwnStep,
        IParameterGroups,
        IMethodState,
        IMethodNumbers
{
    const string FirstName = "first";
    const string SecondName = "second";
    const string Unlabelled = "-unlabelled";

    /// <summary>Augmentations of an image whose predictions are averaged (M in the paper).</summary>
    const int ViewCount = 2;

    readonly DivideMixOptions _options;
    readonly TwoClassifiers _networks;
    readonly MixMatch _mixMatch;
    readonly Division _byFirst;
    readonly Division _bySecond;

    /// <summary>Of the losses of this epoch so far, float32 [].</summary>
    readonly Tensor _lossSum;

    /// <exception cref="SatException">There are no labels (exit code 2).</exception>
    public DivideMixMethod(TrainingTask task, DivideMixOptions options)
        : this(task, options, new TwoClassifiers(task.CreateClassifier(task.Classes.Count), task.CreateClassifier(task.Classes.Count))) { }

    DivideMixMethod(TrainingTask task, DivideMixOptions options, TwoClassifiers networks)
        : base(task, networks)
    {
        GivenLabels.Require(task);
        (_options, _networks) = (options, networks);
        _mixMatch = new MixMatch(options, task.Classes.Count, task.Device, task.CreateGenerator("dividemix"));
        (_byFirst, _bySecond) = (new Division(task, options), new Division(task, options));
        _lossSum = zeros([], ScalarType.Float32, task.Device).DetachFromDisposeScope();
        State = _byFirst.State(FirstName).Concat(_bySecond.State(SecondName)).Append(new("loss-sum", _lossSum)).ToDictionary();
    }

    public Backbone Backbone => _networks.First.Backbone;

    public IReadOnlyList<ParameterGroup> Groups =>
        [new(FirstName, _networks.First.parameters()), new(SecondName, _networks.Second.parameters())];

    /// <summary>Beside the main batch, which has the first network's labelled samples: its unlabelled ones, and both of the
    /// second.</summary>
    public IReadOnlyList<NamedStream> Streams =>
        [
            Stream(FirstName + Unlabelled, _bySecond.UnlabelledPositions),
            Stream(SecondName, _byFirst.LabelledPositions),
            Stream(SecondName + Unlabelled, _byFirst.UnlabelledPositions),
        ];

    /// <summary>The samples that both networks, on average, take for rightly labelled.</summary>
    public Tensor Selected => (_byFirst.Clean + _bySecond.Clean).div(2).gt(_options.PThreshold);

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public void Numbers(IStateNumbers numbers)
    {
        _byFirst.Numbers(numbers, FirstName);
        _bySecond.Numbers(numbers, SecondName);
    }

    public IReadOnlyDictionary<string, double> Metrics() =>
        new Dictionary<string, double> { ["labelled-share"] = (_byFirst.Kept + _bySecond.Kept) / (2.0 * Task.Samples) };

    public IReadOnlyList<IAugmentation> Views(IAugmentation configured) => configured.Views(ViewCount);

    public void Survey(int epoch, IEnumerable<Batch> samples)
    {
        if (IsWarmUp(epoch))
            return;
        var first = zeros(Task.Samples, ScalarType.Float64, Task.Device);
        var second = zeros_like(first);
        foreach (var batch in samples)
        {
            first.index_copy_(0, batch.Indices, Losses(_networks.First));
            second.index_copy_(0, batch.Indices, Losses(_networks.Second));

            Tensor Losses(Classifier network) =>
                cross_entropy(network.call(batch.Images).to(ScalarType.Float64), batch.Labels, reduction: nn.Reduction.None);
        }
        _byFirst.Divide(first);
        _bySecond.Divide(second);
    }

    public Tensor Order(int epoch, Generator random)
    {
        var positions = _bySecond.LabelledPositions();
        var orders = new List<Tensor>();
        for (var missing = Task.SamplesPerEpoch; missing > 0; missing -= positions.shape[0])
            orders.Add(Shuffled(positions, random));
        return cat(orders).narrow(0, 0, Task.SamplesPerEpoch);
    }

    /// <summary>Not called: a step trains two networks with optimizers of their own.</summary>
    public override Tensor Loss(Batch batch) => throw new NotSupportedException("DivideMix makes its steps itself");

    /// <returns>The mean of both networks' losses; where both rest, of all in this epoch, so that its mean stays what it is.</returns>
    public Tensor Step(Batch batch, IStepper stepper)
    {
        var step = batch.Step - (batch.Epoch * Task.StepsPerEpoch);
        if (step == 0)
            _lossSum.zero_();
        // Co-divide: a network is trained on the samples as the other divides them.
        var losses = new List<Tensor>();
        if (step < Steps(_bySecond))
            losses.Add(Teach(FirstName, _networks.First, _networks.Second, _bySecond, batch, batch.Streams[FirstName + Unlabelled]));
        if (step < Steps(_byFirst))
        {
            var labelled = batch.Streams[SecondName];
            losses.Add(Teach(SecondName, _networks.Second, _networks.First, _byFirst, labelled, batch.Streams[SecondName + Unlabelled]));
        }
        if (losses.Count == 0)
            return _lossSum / (Steps(_byFirst) + Steps(_bySecond));
        var all = stack(losses);
        _lossSum.add_(all.sum());
        return all.mean();

        Tensor Teach(string group, Classifier student, Classifier peer, Division division, Batch labelled, Batch unlabelled)
        {
            peer.eval();
            var loss = IsWarmUp(batch.Epoch)
                ? WarmUpLoss(student.call(labelled.Images), labelled.Labels)
                : _mixMatch.Loss(
                    student,
                    peer,
                    labelled,
                    division.Clean.index_select(0, labelled.Indices),
                    unlabelled,
                    UnlabelledWeight(batch.Epoch + ((double)step / ((division.Labelled / Task.BatchSize) + 1)))
                );
            stepper.Backward(loss);
            stepper.Step(group);
            stepper.ClearGradients();
            peer.train();
            return loss.detach();
        }
    }

    public Tensor Outputs(Tensor images) => (_networks.First.call(images) + _networks.Second.call(images)).div(2);

    public Tensor Logits(Tensor images) => Outputs(images);

    static Tensor Shuffled(Tensor positions, Generator random) =>
        positions.index_select(0, randperm(positions.shape[0], ScalarType.Int64, generator: random));

    NamedStream Stream(string name, Func<Tensor> positions) =>
        new()
        {
            Name = name,
            BatchSize = (int)Math.Min(Task.BatchSize, Task.SamplesPerEpoch),
            Positions = epoch => Shuffled(positions(), epoch.Random),
        };

    bool IsWarmUp(int epoch) => epoch < _options.WarmUpEpochs;

    /// <summary>Steps of the network that is trained on a division, in an epoch: at least 1.</summary>
    long Steps(Division division) => Math.Min((division.Labelled + Task.BatchSize - 1) / Task.BatchSize, Task.StepsPerEpoch);

    /// <summary>lambda_u at a moment, which is counted in epochs from 0.</summary>
    double UnlabelledWeight(double time) => _options.LambdaU * Math.Clamp((time - _options.WarmUpEpochs) / _options.RampEpochs, 0, 1);

    /// <summary>Cross entropy, and the negative entropy of predictions if it is asked for.</summary>
    Tensor WarmUpLoss(Tensor logits, Tensor labels)
    {
        var loss = cross_entropy(logits, labels);
        return _options.ConfidencePenalty ? loss + (softmax(logits, 1) * log_softmax(logits, 1)).sum(1).mean() : loss;
    }
}
