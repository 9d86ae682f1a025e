using TorchSharp;

namespace Sat.Engine.Conditions;

/// <summary>Whether the images of streamed datasets are read a batch ahead. It changes no bit of any result, so no run records
/// it.</summary>
public static class ReadAhead
{
    /// <summary>0: each batch is read when its step begins; 1: while the step before is made; otherwise as is best on the device.</summary>
    public const string Variable = "SAT_READ_AHEAD";

    /// <summary>What the environment says; else true on cards, and on the CPU where training leaves processors to decode on.</summary>
    /// <param name="device">Where training is done.</param>
    /// <param name="hasProcessors">True if there are processors that training does not use.</param>
    public static bool IsOn(DeviceType device, bool hasProcessors) =>
        Environment.GetEnvironmentVariable(Variable) switch
        {
            "0" => false,
            "1" => true,
            _ => device != DeviceType.CPU || hasProcessors,
        };
}
