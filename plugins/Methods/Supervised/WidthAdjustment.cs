using Sat.Methods.Supervised.Adaptation;
using Sat.Sdk;

namespace Sat.Methods.Supervised;

/// <summary>Narrow models learn more slowly, so their targets start later and move more slowly (the paper's double descent
/// experiments).</summary>
static class WidthAdjustment
{
    /// <summary>The base width that alpha and E_s are given for.</summary>
    const int ReferenceWidth = 64;

    /// <summary>alpha^(w/64) and floor(E_s 64/w) for a backbone of width w, where asked for; else alpha and E_s as given.</summary>
    public static SatSchedule Adjust(SatOptions options, Backbone backbone)
    {
        if (!options.AdjustForWidth || backbone is not IHasWidth { Width: var width })
            return new(options.Alpha, options.StartEpoch);
        var start = (long)options.StartEpoch * ReferenceWidth / width;
        return new(Math.Pow(options.Alpha, (double)width / ReferenceWidth), (int)Math.Min(start, int.MaxValue));
    }
}
