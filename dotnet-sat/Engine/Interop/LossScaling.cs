using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary>What PyTorch's gradient scaler is made of; nothing here waits for the device.</summary>
internal static unsafe class LossScaling
{
    /// <summary>True if libtorch has it.</summary>
    public static bool IsThere => NativeFunctions.CheckFiniteAndUnscale.IsThere && NativeFunctions.UpdateScale.IsThere;

    /// <summary>Multiplies gradients by a number, in place.</summary>
    /// <param name="gradients">float32, on one device; at least one.</param>
    /// <param name="foundInf">float32 [1]; becomes 1 where a gradient is infinite or not a number.</param>
    /// <param name="factor">float32 [1].</param>
    public static void Multiply(IReadOnlyList<Tensor> gradients, Tensor foundInf, Tensor factor)
    {
        fixed (nint* g = TensorList.Handles(gradients))
            ((delegate* unmanaged<ArrayRef, nint, nint, void>)NativeFunctions.CheckFiniteAndUnscale.Address)(
                new(g, gradients.Count),
                foundInf.Handle,
                factor.Handle
            );
        GC.KeepAlive(gradients);
        GC.KeepAlive(foundInf);
        GC.KeepAlive(factor);
    }

    /// <summary>After a step: multiplies the scale by <paramref name="backoff"/> where infinities were found, and by
    /// <paramref name="growth"/> after so many steps without.</summary>
    /// <param name="scale">float32 [1]; is changed.</param>
    /// <param name="tracker">int32 [1]: steps without infinities; is changed.</param>
    /// <param name="foundInf">float32 [1].</param>
    /// <param name="growth">Above 1.</param>
    /// <param name="backoff">Below 1.</param>
    /// <param name="interval">Steps.</param>
    public static void Update(Tensor scale, Tensor tracker, Tensor foundInf, double growth, double backoff, long interval)
    {
        _ = ((delegate* unmanaged<nint, nint, nint, double, double, long, nint>)NativeFunctions.UpdateScale.Address)(
            scale.Handle,
            tracker.Handle,
            foundInf.Handle,
            growth,
            backoff,
            interval
        );
        GC.KeepAlive(scale);
        GC.KeepAlive(tracker);
        GC.KeepAlive(foundInf);
    }
}
