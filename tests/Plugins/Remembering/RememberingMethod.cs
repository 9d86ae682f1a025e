using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Remembering;

public sealed class RememberingPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddMethod<RememberingOptions>(
            "remembering",
            "Remembers whatever a method can remember between two steps",
            (task, options) => new RememberingMethod(task, options)
        );
}

public sealed record RememberingOptions
{
    [Option("Probability of dropping a feature", Min = 0, Max = 1, BelowMax = true)]
    public double Dropout { get; init; } = 0.3;
}

/// <summary>The online network, with dropout, and a slowly moving copy of it that no optimizer trains.</summary>
internal sealed class Pair : Module
{
    public Pair(TrainingTask task, double dropout)
        : base(nameof(Pair))
    {
        Online = task.CreateClassifier(task.Classes.Count);
        Slow = task.CreateClassifier(task.Classes.Count);
        Slow.load_state_dict(Online.state_dict());
        foreach (var parameter in Slow.parameters())
            parameter.requires_grad = false;
        Drop = Dropout(dropout);
        register_module("online", Online);
        register_module("slow", Slow);
        register_module("drop", Drop);
    }

    public Classifier Online { get; }

    public Classifier Slow { get; }

    public TorchSharp.Modules.Dropout Drop { get; }
}

/// <summary>
/// Per-sample targets, a momentum network, a generator of its own, a number drawn at each epoch from torch's global generator, and
/// one that is only kept in a field.
/// </summary>
internal sealed class RememberingMethod : Method, IClassifier, ISoftTargets, IMethodState, IStepEnded, IEpochStarted
{
    private readonly Pair _networks;
    private readonly Tensor _targets;
    private readonly Tensor _shift;
    private readonly Generator _random;
    private double _ofEpoch;

    public RememberingMethod(TrainingTask task, RememberingOptions options)
        : this(task, new Pair(task, options.Dropout)) { }

    private RememberingMethod(TrainingTask task, Pair networks)
        : base(task, networks)
    {
        _networks = networks;
        _targets = one_hot(task.Labels!, task.Classes.Count).to(ScalarType.Float32).DetachFromDisposeScope();
        _shift = zeros(1).DetachFromDisposeScope();
        _random = task.CreateGenerator("jitter");
        State = new Dictionary<string, Tensor> { ["soft-targets"] = _targets, ["shift"] = _shift };
    }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public Tensor SoftTargets => _targets;

    public void EpochStarted(int epoch)
    {
        _ofEpoch = 1 + 0.01 * epoch;
        _shift.copy_(rand(1));
    }

    public override Tensor Loss(Batch batch)
    {
        using (no_grad())
        {
            var proposed =
                softmax(_networks.Slow.forward(batch.Images), 1)
                + 0.05 * rand([batch.Images.shape[0], Task.Classes.Count], generator: _random);
            var moved = 0.9 * _targets.index_select(0, batch.Indices) + 0.1 * proposed;
            _targets.index_copy_(0, batch.Indices, moved / moved.sum(1, keepdim: true));
        }
        var features = _networks.Drop.forward(_networks.Online.Backbone.forward(batch.Images));
        var logits = _networks.Online.Head.forward(features) * _ofEpoch + _shift;
        return -(_targets.index_select(0, batch.Indices) * log_softmax(logits, 1)).sum(1).mean();
    }

    public void StepEnded(long step)
    {
        foreach (var (slow, online) in _networks.Slow.parameters().Zip(_networks.Online.parameters()))
            slow.mul_(0.99).add_(online, alpha: 0.01);
    }

    public Tensor Logits(Tensor images) => _networks.Online.forward(images);

    public Tensor SampleWeights() => _targets.amax([1]);
}
