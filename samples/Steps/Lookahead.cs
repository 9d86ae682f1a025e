using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Steps;

public sealed record LookaheadOptions
{
    [Option("Learning rate of the fast weights", Min = 0, AboveMin = true)]
    public double Lr { get; init; } = 0.1;

    [Option("Momentum of the fast weights", Min = 0, Max = 1, BelowMax = true)]
    public double Momentum { get; init; } = 0.9;

    [Option("How far the slow weights move towards the fast ones", Min = 0, Max = 1, AboveMin = true)]
    public double Alpha { get; init; } = 0.5;

    [Option("Steps of the fast weights before each step of the slow ones", Min = 1)]
    public int Every { get; init; } = 5;
}

/// <summary>SGD's momentum is in the checkpoint by itself; the slow weights and the count of steps are what this class adds.</summary>
internal sealed class Lookahead : SGD, IOptimizerState
{
    private readonly LookaheadOptions _options;
    private readonly (Parameter Fast, Tensor Slow)[] _weights;
    private long _steps;

    private Lookahead(IReadOnlyList<NamedParameter> parameters, LookaheadOptions options)
        : base(parameters.Select(p => p.Parameter), options.Lr, options.Momentum)
    {
        _options = options;
        _weights = [.. parameters.Select(p => (p.Parameter, p.Parameter.detach().clone().DetachFromDisposeScope()))];
        Tensors = parameters.Zip(_weights, (p, w) => (p.Name, w.Slow)).ToDictionary();
    }

    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    public static Lookahead Create(IReadOnlyList<NamedParameter> parameters, LookaheadOptions options) => new(parameters, options);

    public void Numbers(IStateNumbers numbers) => numbers.Keep("steps", ref _steps);

    public override Tensor step(Func<Tensor>? closure = null)
    {
        var loss = base.step(closure);
        if (++_steps % _options.Every != 0)
            return loss;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (fast, slow) in _weights)
        {
            slow.add_(fast - slow, alpha: _options.Alpha);
            fast.copy_(slow);
        }
        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, slow) in _weights)
                slow.Dispose();
        }
        base.Dispose(disposing);
    }
}
