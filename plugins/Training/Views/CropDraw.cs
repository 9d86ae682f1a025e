using Sat.Training.Views.Pixels;

namespace Sat.Training.Views;

/// <summary>The part of an image that a random resized crop shows, from numbers drawn before the image's size is known.</summary>
static class CropDraw
{
    /// <summary>As torchvision has it: then the largest crop in the middle that has an allowed shape.</summary>
    const int Tries = 10;

    const double NarrowestShape = 3.0 / 4,
        WidestShape = 4.0 / 3;

    /// <summary>Numbers that a part takes, whatever comes of them.</summary>
    public const int Numbers = (2 * Tries) + 2;

    /// <summary>Its area uniform, its shape uniform in the logarithm, its place uniform.</summary>
    /// <param name="u">Uniform in [0, 1).</param>
    /// <param name="least">Smallest share of the area.</param>
    /// <param name="most">Largest share of the area.</param>
    /// <param name="height">The image's rows.</param>
    /// <param name="width">The image's columns.</param>
    public static Box Of(ReadOnlySpan<double> u, double least, double most, int height, int width)
    {
        var (vertical, horizontal) = (u[2 * Tries], u[(2 * Tries) + 1]);
        for (var i = 0; i < Tries; i++)
        {
            var area = Between(u[2 * i], least, most) * height * width;
            var shape = Math.Exp(Between(u[(2 * i) + 1], Math.Log(NarrowestShape), Math.Log(WidestShape)));
            var (h, w) = ((int)Math.Round(Math.Sqrt(area / shape)), (int)Math.Round(Math.Sqrt(area * shape)));
            if (h > 0 && h <= height && w > 0 && w <= width)
                return new((int)(vertical * (height - h + 1)), (int)(horizontal * (width - w + 1)), h, w);
        }
        return Middle(height, width);
    }

    static Box Middle(int height, int width)
    {
        var ratio = (double)width / height;
        var (h, w) = (height, width);
        if (ratio < NarrowestShape)
            h = (int)Math.Round(width / NarrowestShape);
        else if (ratio > WidestShape)
            w = (int)Math.Round(height * WidestShape);
        return new((height - h) / 2, (width - w) / 2, h, w);
    }

    static double Between(double number, double from, double to) => from + (number * (to - from));
}
