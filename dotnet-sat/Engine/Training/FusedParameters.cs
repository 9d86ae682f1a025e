using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>What fused kernels ask of parameters and their gradients: float32, on one device, in memory without holes and alike.</summary>
internal static class FusedParameters
{
    /// <summary>A group of an optimizer: its numbers, and its parameters with what is kept of each.</summary>
    public sealed record Group<TState, TOptions>(TOptions Options, IReadOnlyList<(Parameter Parameter, TState State)> Parameters)
    {
        /// <summary>True if the kernels take these parameters.</summary>
        public bool Fits =>
            Parameters.All(p => p.Parameter.dtype == ScalarType.Float32 && IsDense(p.Parameter))
            && Parameters.Select(p => p.Parameter.device.ToString()).Distinct(StringComparer.Ordinal).Count() <= 1;
    }

    /// <summary>The groups of an optimizer.</summary>
    /// <typeparam name="TState">What it keeps of each parameter.</typeparam>
    /// <typeparam name="TOptions">Its numbers.</typeparam>
    public static IReadOnlyList<Group<TState, TOptions>> GroupsOf<TState, TOptions>(OptimizerHelper optimizer)
        where TState : TorchSharp.Modules.OptimizerState
        where TOptions : OptimizerOptions
    {
        using var states = optimizer.state_dict().State.Cast<TState>().GetEnumerator();
        return
        [
            .. optimizer
                .ParamGroups.Cast<ParamGroup<TOptions>>()
                .Select(group => new Group<TState, TOptions>(group.Options, [.. group.Parameters.Select(p => (p, Next()))])),
        ];

        TState Next() =>
            states.MoveNext() ? states.Current : throw new InvalidOperationException("an optimizer has fewer states than parameters");
    }

    /// <summary>
    /// A parameter's gradient, which lies in memory as the parameter does: autograd sees to that, and where a plugin does not, it is
    /// copied. Null: it has none.
    /// </summary>
    public static Tensor? GradientOf(Parameter parameter)
    {
        if (parameter.grad is not { } gradient)
            return null;
        var fits = gradient.dtype == ScalarType.Float32 && gradient.stride().AsSpan().SequenceEqual(parameter.stride());
        return fits ? gradient : empty_like(parameter, requires_grad: false).copy_(gradient);
    }

    private static bool IsDense(Tensor tensor)
    {
        var expected = 1L;
        foreach (var (size, stride) in tensor.shape.Zip(tensor.stride()).Where(d => d.First > 1).OrderBy(d => d.Second))
        {
            if (stride != expected)
                return false;
            expected *= size;
        }
        return true;
    }
}
