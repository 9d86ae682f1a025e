using Sat.Training.Views.Pixels;
using static TorchSharp.torch;

namespace Sat.Training.Views;

/// <summary>Draws what views are made with. Every sample takes as many random numbers as any other, whatever comes of them.</summary>
/// <param name="options">Ranges and probabilities.</param>
/// <param name="view">The view, counted from 0.</param>
sealed class ViewDraw(ByolViewsOptions options, int view)
{
    /// <summary>As torchvision has it: then the largest crop in the middle that has an allowed shape.</summary>
    const int Tries = 10;

    const double NarrowestShape = 3.0 / 4,
        WidestShape = 4.0 / 3;

    const int Numbers = (2 * Tries) + 14;

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
        var rest = u[(2 * Tries)..];
        var jitter = rest[3] < options.ColourJitter;
        double Factor(double number, double range) => jitter ? Between(number, 1 - range, 1 + range) : 1;
        return new(
            Place(Shape(u[..(2 * Tries)], height, width), height, width, rest[0], rest[1]),
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

    /// <summary>Height and width of a crop: its area uniform, its shape uniform in the logarithm.</summary>
    (int Height, int Width)? Shape(ReadOnlySpan<double> u, int height, int width)
    {
        for (var i = 0; i < Tries; i++)
        {
            var area = Between(u[2 * i], options.CropMin, options.CropMax) * height * width;
            var shape = Math.Exp(Between(u[(2 * i) + 1], Math.Log(NarrowestShape), Math.Log(WidestShape)));
            var (h, w) = ((int)Math.Round(Math.Sqrt(area / shape)), (int)Math.Round(Math.Sqrt(area * shape)));
            if (h > 0 && h <= height && w > 0 && w <= width)
                return (h, w);
        }
        return null;
    }

    static Box Place((int Height, int Width)? shape, int height, int width, double vertical, double horizontal)
    {
        if (shape is var (h, w))
            return new((int)(vertical * (height - h + 1)), (int)(horizontal * (width - w + 1)), h, w);
        var ratio = (double)width / height;
        (h, w) = (height, width);
        if (ratio < NarrowestShape)
            h = (int)Math.Round(width / NarrowestShape);
        else if (ratio > WidestShape)
            w = (int)Math.Round(height * WidestShape);
        return new((height - h) / 2, (width - w) / 2, h, w);
    }

    static double Between(double number, double from, double to) => from + (number * (to - from));

    static double OfView(double[] values, int view) => values.Length == 0 ? 0 : values[Math.Min(view, values.Length - 1)];
}
