namespace Sat.Datasets.Shapes;

/// <summary>
/// Draws one image. Only sums, products, quotients and comparisons of doubles occur, which every machine rounds alike,
/// so the bytes are the same everywhere. Colours are drawn without regard to the class.
/// </summary>
sealed class ShapePainter(ShapesOptions options)
{
    public const int Side = 32;
    public const int ImageBytes = 3 * Side * Side;

    /// <summary>Points a pixel, along each side.</summary>
    private const int Fineness = 3;

    /// <param name="kind">What to draw.</param>
    /// <param name="random">The image's own stream.</param>
    /// <param name="pixels">Receives [channels, height, width].</param>
    public void Paint(ShapeKind kind, Randomness random, Span<byte> pixels)
    {
        Span<double> levels = stackalloc double[ImageBytes];
        var (ground, ink) = Colours(random);
        Ground(levels, ground, random);
        for (var i = random.Integer(options.Clutter + 1); i > 0; i--)
            Piece(levels, random);
        Shape(levels, kind, ink, random);
        for (var i = 0; i < ImageBytes; i++)
        {
            var level = levels[i] + options.Grain * random.Deviate();
            pixels[i] = (byte)(Math.Clamp(level, 0, 255) + 0.5);
        }
    }

    private (double[] Ground, double[] Ink) Colours(Randomness random)
    {
        while (true)
        {
            var (ground, ink) = (Colour(random), Colour(random));
            var lighter = ink.Sum() - ground.Sum();
            if (Math.Abs(lighter) >= 3.0 * options.Contrast)
                return lighter < 0 && options.Difficulty == Difficulty.Easy ? (ink, ground) : (ground, ink);
        }
    }

    private static double[] Colour(Randomness random) => [random.Number(0, 256), random.Number(0, 256), random.Number(0, 256)];

    /// <summary>A colour that changes from side to side.</summary>
    private static void Ground(Span<double> levels, double[] colour, Randomness random)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var (right, down) = (random.Number(-1.2, 1.2), random.Number(-1.2, 1.2));
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                    levels[(channel * Side + y) * Side + x] = colour[channel] + right * (x - 15.5) + down * (y - 15.5);
            }
        }
    }

    /// <summary>A short piece of a line, or a dot, of any colour.</summary>
    private static void Piece(Span<double> levels, Randomness random)
    {
        var (placeX, placeY) = (random.Number(0, Side), random.Number(0, Side));
        var (half, thick) = (random.Number(0.8, 4), random.Number(0.5, 1.1));
        var (cosine, sine) = Turn(random);
        Fill(levels, Colour(random), placeX, placeY, half + 1.5, (x, y) =>
        {
            var (u, v) = (cosine * x + sine * y, cosine * y - sine * x);
            return Math.Abs(u) < half && Math.Abs(v) < thick;
        });
    }

    private void Shape(Span<double> levels, ShapeKind kind, double[] ink, Randomness random)
    {
        var easy = options.Difficulty == Difficulty.Easy;
        var size = easy ? random.Number(9, 13) : random.Number(7, 12);
        var shift = easy ? 3 : Side / 2 - size;
        var (placeX, placeY) = (random.Number(16 - shift, 16 + shift), random.Number(16 - shift, 16 + shift));
        // Sides may differ, so that width and height say nothing either.
        var (wide, high) = (size * random.Number(0.8, 1), size * random.Number(0.8, 1));
        var (cosine, sine) = easy ? SmallTurn(random, 0.2) : Turn(random);
        Fill(levels, ink, placeX, placeY, size * 1.1, (x, y) =>
            kind.Contains((cosine * x + sine * y) / wide, (cosine * y - sine * x) / high)
        );
    }

    /// <summary>Cosine and sine of any angle, nearly uniform.</summary>
    private static (double Cosine, double Sine) Turn(Randomness random)
    {
        var (cosine, sine) = SmallTurn(random, 0.41421356);
        return random.Integer(4) switch
        {
            0 => (cosine, sine),
            1 => (-sine, cosine),
            2 => (-cosine, -sine),
            _ => (sine, -cosine),
        };
    }

    /// <summary>Cosine and sine by the tangent t of half the angle, (1 - t^2, 2 t) / (1 + t^2): no library's sine is asked.</summary>
    private static (double Cosine, double Sine) SmallTurn(Randomness random, double most)
    {
        var t = random.Number(-most, most);
        return ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t));
    }

    /// <summary>Blends a colour in, by the share of each pixel's points that lie within.</summary>
    private static void Fill(
        Span<double> levels,
        double[] colour,
        double placeX,
        double placeY,
        double reach,
        Func<double, double, bool> contains
    )
    {
        var (left, right) = (Math.Max(0, (int)(placeX - reach)), Math.Min(Side - 1, (int)(placeX + reach)));
        var (top, bottom) = (Math.Max(0, (int)(placeY - reach)), Math.Min(Side - 1, (int)(placeY + reach)));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var within = 0;
                for (var point = 0; point < Fineness * Fineness; point++)
                {
                    var dx = x + (point % Fineness + 0.5) / Fineness - placeX;
                    var dy = y + (point / Fineness + 0.5) / Fineness - placeY;
                    within += contains(dx, dy) ? 1 : 0;
                }
                var share = within / (double)(Fineness * Fineness);
                for (var channel = 0; channel < 3; channel++)
                {
                    ref var level = ref levels[(channel * Side + y) * Side + x];
                    level += share * (colour[channel] - level);
                }
            }
        }
    }
}
