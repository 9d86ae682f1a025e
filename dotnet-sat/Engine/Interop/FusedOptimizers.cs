using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary>
/// libtorch's optimizer steps over all parameters in one call (ATen/ops/_fused_*_ops.h), where TorchSharp makes some calls for each. All
/// tensors of a call are float32, on one device, and lie in memory as their parameter does. With <c>foundInf</c>, float32 [1], the step is
/// not made where that is 1, and nobody waits to learn it.
/// </summary>
public static unsafe class FusedOptimizers
{
    /// <summary>True if libtorch has them.</summary>
    public static bool AreThere =>
        NativeFunctions.FusedSgd.IsThere && NativeFunctions.FusedAdam.IsThere && NativeFunctions.FusedAdamW.IsThere;

    /// <summary>A step of SGD.</summary>
    /// <param name="weights">The parameters; at least one.</param>
    /// <param name="gradients">Of each.</param>
    /// <param name="momenta">Momentum buffers of each; empty where there is no momentum.</param>
    /// <param name="settings">Learning rate, momentum and so on.</param>
    /// <param name="isFirst">True if the momenta are still to be filled.</param>
    /// <param name="foundInf">See above; null: the step is made.</param>
    internal static void Sgd(
        IReadOnlyList<Tensor> weights,
        IReadOnlyList<Tensor> gradients,
        IReadOnlyList<Tensor> momenta,
        SgdSettings settings,
        bool isFirst,
        Tensor? foundInf
    )
    {
        OptionalTensor none = new(null),
            found = new(foundInf);
        fixed (
            nint* w = TensorList.Handles(weights),
                g = TensorList.Handles(gradients),
                m = TensorList.Handles(momenta)
        )
        {
            (
                (delegate* unmanaged<
                    ArrayRef,
                    ArrayRef,
                    ArrayRef,
                    double,
                    double,
                    double,
                    double,
                    byte,
                    byte,
                    byte,
                    OptionalTensor*,
                    OptionalTensor*,
                    void>)
                    NativeFunctions.FusedSgd.Address
            )(
                new(w, weights.Count),
                new(g, gradients.Count),
                new(m, momenta.Count),
                settings.WeightDecay,
                settings.Momentum,
                settings.LearningRate,
                settings.Dampening,
                settings.Nesterov ? (byte)1 : (byte)0,
                0,
                isFirst ? (byte)1 : (byte)0,
                &none,
                &found
            );
        }
        GC.KeepAlive(weights);
        GC.KeepAlive(gradients);
        GC.KeepAlive(momenta);
        GC.KeepAlive(foundInf);
    }

    /// <summary>A step of Adam, or of AdamW.</summary>
    /// <param name="weights">The parameters; at least one.</param>
    /// <param name="gradients">Of each.</param>
    /// <param name="means">Running means of the gradients.</param>
    /// <param name="squares">Running means of their squares.</param>
    /// <param name="steps">The number of this step, counted from 1, float32 [] each.</param>
    /// <param name="settings">Learning rate, betas and so on.</param>
    /// <param name="foundInf">See above; null: the step is made.</param>
    internal static void Adam(
        IReadOnlyList<Tensor> weights,
        IReadOnlyList<Tensor> gradients,
        IReadOnlyList<Tensor> means,
        IReadOnlyList<Tensor> squares,
        IReadOnlyList<Tensor> steps,
        AdamSettings settings,
        Tensor? foundInf
    )
    {
        OptionalTensor none = new(null),
            found = new(foundInf);
        var function = settings.Decoupled ? NativeFunctions.FusedAdamW : NativeFunctions.FusedAdam;
        fixed (
            nint* w = TensorList.Handles(weights),
                g = TensorList.Handles(gradients),
                m = TensorList.Handles(means),
                v = TensorList.Handles(squares),
                t = TensorList.Handles(steps)
        )
        {
            (
                (delegate* unmanaged<
                    ArrayRef,
                    ArrayRef,
                    ArrayRef,
                    ArrayRef,
                    ArrayRef,
                    ArrayRef,
                    double,
                    double,
                    double,
                    double,
                    double,
                    byte,
                    byte,
                    OptionalTensor*,
                    OptionalTensor*,
                    void>)
                    function.Address
            )(
                new(w, weights.Count),
                new(g, gradients.Count),
                new(m, means.Count),
                new(v, squares.Count),
                new(null, 0),
                new(t, steps.Count),
                settings.LearningRate,
                settings.Beta1,
                settings.Beta2,
                settings.WeightDecay,
                settings.Eps,
                0,
                0,
                &none,
                &found
            );
        }
        GC.KeepAlive(weights);
        GC.KeepAlive(gradients);
        GC.KeepAlive(means);
        GC.KeepAlive(squares);
        GC.KeepAlive(steps);
        GC.KeepAlive(foundInf);
    }
}
