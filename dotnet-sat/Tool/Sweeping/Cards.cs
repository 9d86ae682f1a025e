using System.Globalization;
using Sat.Engine.Interop;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;

namespace Sat.Tool.Sweeping;

/// <summary>The graphics cards that a <c>--device</c> lets runs be placed on.</summary>
internal static class Cards
{
    /// <summary>The names of the cards to choose from; none where the worker is to see for itself what the device is.</summary>
    /// <param name="device">As <c>--device</c> gives it.</param>
    public static IReadOnlyList<string> For(string device)
    {
        if (device == "cpu" || device == "auto" && !LibTorchHasThem)
            return [];
        var cards = Free();
        // A card whose memory is not told has no room that could be shared out.
        return device is "auto" or "cuda" ? [.. cards.Keys.Order(StringComparer.Ordinal)]
            : cards.ContainsKey(device) ? [device]
            : [];
    }

    /// <summary>Puts runs where there is memory.</summary>
    public static Placement Place(IReadOnlyList<string> cards, int jobs, Footprints footprints) =>
        new(cards, jobs, Free, footprints.Estimate);

    /// <summary>Card to bytes that are free now.</summary>
    private static Dictionary<string, long> Free() =>
        GraphicsCard
            .Visible()
            .Select((card, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"cuda:{index}"), card.FreeBytes))
            .Where(c => c.FreeBytes is not null)
            .ToDictionary(c => c.Name, c => c.FreeBytes!.Value);

    /// <summary>libtorch's own name for its part for graphics cards; without it 'auto' is the CPU, whatever cards there are.</summary>
    private static bool LibTorchHasThem => ChosenBackend.Find().HasCuda;
}
