using System.Runtime.CompilerServices;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Faulty;

/// <summary>A plugin that loads well, and has a method that errs where it is told to.</summary>
public sealed class FaultyPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddMethod<FaultyOptions>("faulty", "Cross-entropy that errs where it is told to", (task, options) =>
            new FaultyMethod(task, options)
        );
}

public enum Fault
{
    None,
    Create,
    Loss,
    Shape,
    Library,
    Hang,
    Thread,
    Terminal,
    NoLoss,
    Constant,
    NotANumber,
    Exit,
    Print,
}

public sealed record FaultyOptions
{
    [Option("Where it errs")]
    public Fault Fault { get; init; }

    [Option("The epoch that it errs in, from 0", Min = 0)]
    public int Epoch { get; init; }

    [Option("A metric that it gives, of value 1")]
    public string? Metric { get; init; }
}

internal sealed class FaultyMethod : ClassifierMethod, IMethodMetrics
{
    private readonly FaultyOptions _options;

    public FaultyMethod(TrainingTask task, FaultyOptions options)
        : base(task)
    {
        _options = options;
        if (options.Fault == Fault.Create)
            throw new ArgumentException("there is no projector\nof this size", nameof(options));
    }

    public override Tensor Loss(Batch batch)
    {
        var perSample = cross_entropy(Model.forward(batch.Images), batch.Labels, reduction: nn.Reduction.None);
        if (batch.Epoch < _options.Epoch)
            return perSample.mean();
        return _options.Fault switch
        {
            Fault.Loss => throw new InvalidOperationException("the memory bank is empty\nat this step"),
            Fault.Terminal => throw new InvalidOperationException("\u001b]0;PWNED\u0007 \u202eevil"),
            Fault.NoLoss => null!,
            Fault.Constant => perSample.mean().detach(),
            Fault.Shape => perSample,
            Fault.Exit => Exit(),
            Fault.Print => Print(perSample.mean()),
            Fault.Hang => Hang(),
            Fault.Thread => Leave(perSample.mean()),
            Fault.Library => perSample.mean() * One(),
            _ => perSample.mean(),
        };
    }

    private static Tensor Exit()
    {
        Environment.Exit(0);
        throw new InvalidOperationException("never reached");
    }

    private static Tensor Print(Tensor loss)
    {
        Console.WriteLine("error: a plugin's own words");
        return loss;
    }

    private static Tensor Hang()
    {
        while (true)
            Thread.Yield();
    }

    /// <summary>A thread that keeps a process from ending.</summary>
    private static Tensor Leave(Tensor loss)
    {
        new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = false }.Start();
        return loss;
    }

    public IReadOnlyDictionary<string, double> Metrics() =>
        _options.Metric is { } name
            ? new Dictionary<string, double> { [name] = _options.Fault == Fault.NotANumber ? double.NaN : 1 }
            : new Dictionary<string, double>();

    /// <summary>In a method of its own: its library, which the tool has not, is asked for when this is first called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int One() => CsCheck.Check.Seed is null ? 1 : 2;
}
