using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary>
/// libtorch's automatic casting (ATen/autocast_mode.h): on the calling thread, convolutions and matrix products take their inputs in a
/// lower precision, until it ends. What they were cast to is kept for the next use meanwhile.
/// </summary>
public static unsafe class Autocast
{
    /// <summary>True if libtorch can be told.</summary>
    public static bool IsThere =>
        NativeFunctions.SetAutocastEnabled.IsThere
        && NativeFunctions.SetAutocastDtype.IsThere
        && NativeFunctions.ClearAutocastCache.IsThere;

    // One within another ends with the outer one.
    [ThreadStatic]
    private static int _depth;

    /// <summary>Begins it.</summary>
    /// <param name="device">For tensors of these devices.</param>
    /// <param name="type"><see cref="ScalarType.BFloat16"/> or <see cref="ScalarType.Float16"/>.</param>
    public static void Begin(TorchSharp.DeviceType device, ScalarType type)
    {
        if (_depth++ > 0)
            return;
        ((delegate* unmanaged<sbyte, sbyte, void>)NativeFunctions.SetAutocastDtype.Address)((sbyte)device, (sbyte)type);
        Enable(device, true);
    }

    /// <summary>Ends it, and forgets what was cast: the weights may be others by the next time.</summary>
    public static void End(TorchSharp.DeviceType device)
    {
        if (--_depth > 0)
            return;
        Enable(device, false);
        ((delegate* unmanaged<void>)NativeFunctions.ClearAutocastCache.Address)();
    }

    private static void Enable(TorchSharp.DeviceType device, bool enabled) =>
        ((delegate* unmanaged<sbyte, byte, void>)NativeFunctions.SetAutocastEnabled.Address)((sbyte)device, enabled ? (byte)1 : (byte)0);
}
