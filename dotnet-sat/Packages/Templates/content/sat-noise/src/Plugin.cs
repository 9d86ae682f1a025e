using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace MyNoise;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddNoise<MyNoiseOptions>("my-noise", "Some labels become that of the next class", Shift);

    private static NoiseResult Shift(NoiseContext context, MyNoiseOptions options)
    {
        using var scope = NewDisposeScope();
        // The context's generator: the noise is the same for every method that is trained with this seed.
        var wrong = rand(context.Labels.shape, generator: context.Generator).lt(options.Rate);
        var next = (context.Labels + 1).remainder(context.Classes.Count);
        return new NoiseResult { Labels = where(wrong, next, context.Labels).DetachFromDisposeScope() };
    }
}

public sealed record MyNoiseOptions
{
    [Option("Share of labels that are changed", Min = 0, Max = 1)]
    public double Rate { get; init; } = 0.2;
}
