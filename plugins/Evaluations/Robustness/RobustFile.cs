using Sat.Records.Arrays;
using Sat.Sdk;

namespace Sat.Evaluations.Robustness;

/// <summary>Which images no attack changed the class of.</summary>
static class RobustFile
{
    const string Name = "robust.npy";

    /// <summary>Writes <c>robust.npy</c>, uint8 [images]: 1 where an image got its class before and after every attack.</summary>
    public static void Write(EvaluationContext context, IEnumerable<bool> robust)
    {
        byte[] flags = [.. robust.Select(r => (byte)(r ? 1 : 0))];
        context.Files?.Write(Name, stream => Npy.Write<byte>(stream, flags, flags.Length));
    }
}
