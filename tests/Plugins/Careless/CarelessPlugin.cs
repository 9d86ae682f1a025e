using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Careless;

/// <summary>A method that breaks one promise, of a choice, and components that break others: the conformance kit must find each.</summary>
public sealed class CarelessPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<CarelessOptions>("careless", "Breaks a promise", (task, options) => new CarelessMethod(task, options));
        registry.AddModel<NoOptions>("batch-bound", "Features that depend on the batch", (_, _) => new BatchBound());
        registry.AddModel<NoOptions>("unseeded", "Weights that no seed decides", (_, _) => new Unseeded());
        registry.AddNoise<NoOptions>("in-place", "Changes what it is given", (context, _) => InPlace(context));
        registry.AddNoise<NoOptions>("unseeded", "Draws from the global generator", (context, _) =>
            new NoiseResult { Labels = randint(0, context.Classes.Count, context.Labels.shape, ScalarType.Int64) }
        );
        registry.AddDataset<NoOptions>("sorted", "Sorted by class", (_, _) => Sorted());
    }

    private static NoiseResult InPlace(NoiseContext context)
    {
        context.Labels.fill_(0);
        return new NoiseResult();
    }

    private static ResidentDataset Sorted()
    {
        ResidentSplit Split(int n) =>
            new(zeros(n, 3, 8, 8, ScalarType.Byte), arange(n, ScalarType.Int64).div(n / 2, RoundingMode.floor).to(ScalarType.Int64));
        return new(["a", "b"], null, Split(40), Split(20));
    }
}

public enum Promise
{
    None,
    State,
    Seed,
    Leak,
    Wait,
    Gradient,
    Learning,
}

public sealed record CarelessOptions
{
    [Option("Which promise it breaks")]
    public Promise Breaks { get; init; }
}

internal sealed class CarelessMethod : ClassifierMethod
{
    private readonly Promise _breaks;
    private readonly List<Tensor> _kept = [];
    private long _steps;

    public CarelessMethod(TrainingTask task, CarelessOptions options)
        : base(task)
    {
        _breaks = options.Breaks;
        if (_breaks == Promise.Gradient)
            Model.register_parameter("forgotten", new TorchSharp.Modules.Parameter(ones(3, device: task.Device)));
    }

    public override Tensor Loss(Batch batch)
    {
        var loss = cross_entropy(Model.call(batch.Images), batch.Labels);
        return _breaks switch
        {
            // A counter that no checkpoint holds.
            Promise.State => loss * (1 + (0.01 * ++_steps)),
            Promise.Seed => loss * (1 + (0.01 * Random.Shared.NextDouble())),
            Promise.Leak => Kept(loss),
            Promise.Wait => loss * (loss.detach().isfinite().nonzero().shape[0] > 0 ? 1 : 2),
            Promise.Learning => (loss * 0) + 1,
            _ => loss,
        };
    }

    private Tensor Kept(Tensor loss)
    {
        _kept.Add(loss.detach().clone().DetachFromDisposeScope());
        return loss;
    }
}

internal sealed class BatchBound : Backbone
{
    private readonly TorchSharp.Modules.Linear _linear = nn.Linear(3, 4);

    public BatchBound()
        : base(nameof(BatchBound)) => RegisterComponents();

    public override long FeatureDimension => 4;

    public override Tensor forward(Tensor input) => _linear.forward(input.mean([2, 3]) - input.mean([0, 2, 3]));
}

internal sealed class Unseeded : Backbone
{
    private readonly TorchSharp.Modules.Linear _linear = nn.Linear(3, 4);

    public Unseeded()
        : base(nameof(Unseeded))
    {
        RegisterComponents();
        using var noGradients = no_grad();
        _linear.weight.fill_(Random.Shared.NextSingle());
    }

    public override long FeatureDimension => 4;

    public override Tensor forward(Tensor input) => _linear.forward(input.mean([2, 3]));
}
