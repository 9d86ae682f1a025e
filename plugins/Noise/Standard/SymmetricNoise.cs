using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

static class SymmetricNoise
{
    public static NoiseResult Apply(NoiseContext context, SymmetricOptions options)
    {
        var classes = context.Classes.Count;
        if (options.Redraw == Redraw.OtherClasses && classes < 2)
            throw new SatException(ExitCode.Planning, "noise 'symmetric': redraw other-classes needs at least two classes");
        using var scope = NewDisposeScope();
        var chosen = Share.Draw(options.Rate, context.Labels.shape[0], context.Generator);
        var count = chosen.shape[0];
        var drawn =
            options.Redraw == Redraw.AllClasses
                ? randint(0, classes, count, ScalarType.Int64, generator: context.Generator)
                : (context.Labels[chosen] + randint(1, classes, count, ScalarType.Int64, generator: context.Generator)).remainder(classes);
        return new NoiseResult { Labels = context.Labels.index_copy(0, chosen, drawn).MoveToOuterDisposeScope() };
    }
}
