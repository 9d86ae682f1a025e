using Sat.Training.Views.Pixels;
using static TorchSharp.torch;

namespace Sat.Training.Views;

/// <summary>Draws what views are made with. Every sample takes as many random numbers as any other, whatever comes of them.</summary>
/// <param name="options">Ranges and probabilities.</param>
/// <param name="view">The view, counted from 0.</param>
sealed class ViewDraw(ByolViewsOptions options, int view)
{
    const int Numbers = CropDraw.Numbers + 12;

    readonly double _blur = OfView(options.Blur, view);
    readonly double _solarise = OfView(options.Solarise, view);

    /// <param name="count">Images.</param>
    /// <param name="height">Their rows.</param>
    /// <param name="width">Their columns.</param>
    /// <param name="random">A generator on the CPU.</param>
    public ViewParameters[] Next(int count, int height, int width, Generator random)
    {
        using var uniform = rand([count, Numbers], ScalarType.Float64, generator: random);
        var numbers = uniform.data<double>().ToArray();
        var drawn = new ViewParameters[count];
        for (var i = 0; i < count; i++)
            drawn[i] = Of(numbers.AsSpan(i * Numbers, Numbers), height, width);
        return drawn;
    }

    ViewParameters Of(ReadOnlySpan<double> u, int height, int width)
    {
        // What follows the numbers of the crop's shape.
        var rest = u[(CropDraw.Numbers - 2)..];
        var jitter = rest[3] < options.ColourJitter;
        double Factor(double number, double range) => jitter ? Between(number, 1 - range, 1 + range) : 1;
        return new(
            CropDraw.Of(u, options.CropMin, options.CropMax, height, width),
            rest[2] < options.Flip,
            (int)(rest[4] * ColourOrder.Count),
            Factor(rest[5], options.Brightness),
            Factor(rest[6], options.Contrast),
            Factor(rest[7], options.Saturation),
            jitter ? Between(rest[8], -options.Hue, options.Hue) : 0,
            rest[9] < options.Greyscale,
            rest[10] < _blur ? Between(rest[11], options.BlurMin, options.BlurMax) : 0,
            rest[12] < _solarise
        );
    }

    static double Between(double number, double from, double to) => from + (number * (to - from));

    static double OfView(double[] values, int view) => values.Length == 0 ? 0 : values[Math.Min(view, values.Length - 1)];
}
