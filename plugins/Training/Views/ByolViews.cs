using Sat.Records;
using Sat.Sdk;
using Sat.Training.Views.Pixels;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Training.Views;

/// <summary>Views of a batch, each image with parameters of its own.</summary>
sealed class ByolViews : IViewAugmentation
{
    /// <summary>Values worked on at once on the CPU: what its caches hold. On a device a batch is one piece.</summary>
    const long PieceOnCpu = 1 << 20;

    readonly ByolViewsOptions _options;
    readonly ViewDraw _draw;

    public ByolViews(ByolViewsOptions options, int view = 0)
    {
        Require(options.CropMin <= options.CropMax, "crop-min is above crop-max");
        Require(options.BlurMin <= options.BlurMax, "blur-min is above blur-max");
        Require(options.BlurKernel == 0 || options.BlurKernel % 2 == 1, $"blur-kernel is {options.BlurKernel}, but must be odd, or 0");
        _options = options;
        _draw = new ViewDraw(options, view);
    }

    public IAugmentation View(int view) => new ByolViews(_options, view);

    public Tensor Apply(Tensor images, Generator random)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (batch, channels, height, width) = ((int)images.shape[0], images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var parameters = _draw.Next(batch, height, width, random);
        var (rows, columns) = _options.Size > 0 ? (_options.Size, _options.Size) : (height, width);
        var piece =
            images.device_type == DeviceType.CPU
                ? (int)Math.Max(1, PieceOnCpu / (channels * Math.Max(height * width, rows * columns)))
                : batch;
        var pieces = new List<Tensor>();
        for (var start = 0; start < batch; start += piece)
        {
            var count = Math.Min(piece, batch - start);
            pieces.Add(Make(images.narrow(0, start, count), parameters.AsSpan(start, count), rows, columns));
        }
        return cat(pieces).MoveToOuterDisposeScope();
    }

    Tensor Make(Tensor images, ReadOnlySpan<ViewParameters> parameters, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var (boxes, flips) = (new Box[parameters.Length], new bool[parameters.Length]);
        for (var i = 0; i < parameters.Length; i++)
            (boxes[i], flips[i]) = (parameters[i].Crop, parameters[i].Flip);
        var values = images.dtype == ScalarType.Byte ? images.to(ScalarType.Float32).div_(255) : images;
        var views = Resampling.Resize(values, boxes, flips, rows, columns, _options.Interpolation).clamp_(0, 1);
        Jitter(views, parameters);
        OnSome(views, parameters, p => p.Greyscale, (some, _) => Colour.Greyscale(some));
        OnSome(
            views,
            parameters,
            p => p.Sigma > 0,
            (some, chosen) => GaussianBlur.Apply(some, Floats(chosen, p => p.Sigma), BlurKernel(rows, columns))
        );
        OnSome(views, parameters, p => p.Solarise, (some, _) => Colour.Solarise(some, 0.5));
        // Weights that sum to 1 but for rounding can leave the range by as little.
        return views.clamp_(0, 1).MoveToOuterDisposeScope();
    }

    static void Jitter(Tensor views, ReadOnlySpan<ViewParameters> parameters)
    {
        var operations = new ColourOperation[parameters.Length];
        var factors = new float[parameters.Length];
        for (var place = 0; place < Enum.GetValues<ColourOperation>().Length; place++)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                operations[i] = ColourOrder.At(parameters[i].Order, place);
                factors[i] = (float)(
                    operations[i] switch
                    {
                        ColourOperation.Brightness => parameters[i].Brightness,
                        ColourOperation.Contrast => parameters[i].Contrast,
                        _ => parameters[i].Saturation,
                    }
                );
            }
            using var scope = NewDisposeScope();
            Colour.Blend(views, factors, operations);
            var here = place;
            if (views.shape[1] == 1)
                continue;
            OnSome(
                views,
                parameters,
                p => p.Hue != 0 && ColourOrder.At(p.Order, here) == ColourOperation.Hue,
                (some, chosen) => Colour.TurnHue(some, Floats(chosen, p => p.Hue))
            );
        }
    }

    /// <summary>Replaces the images whose parameters say so.</summary>
    static void OnSome(
        Tensor views,
        ReadOnlySpan<ViewParameters> parameters,
        Func<ViewParameters, bool> which,
        Func<Tensor, ViewParameters[], Tensor> change
    )
    {
        var indices = new List<long>();
        var chosen = new List<ViewParameters>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (which(parameters[i]))
            {
                indices.Add(i);
                chosen.Add(parameters[i]);
            }
        }
        if (indices.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var index = tensor(indices.ToArray()).SendTo(views.device);
        views.index_copy_(0, index, change(views.index_select(0, index), [.. chosen]));
    }

    int BlurKernel(int rows, int columns)
    {
        var side = Math.Min(rows, columns);
        Require(_options.BlurKernel / 2 < side, $"blur-kernel is {_options.BlurKernel}, too large for views of {rows}x{columns} pixels");
        return _options.BlurKernel > 0 ? _options.BlurKernel : Math.Max(3, (side / 10 / 2 * 2) + 1);
    }

    static float[] Floats(ViewParameters[] parameters, Func<ViewParameters, double> value) => [.. parameters.Select(p => (float)value(p))];

    static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new SatException(ExitCode.Planning, $"augmentation 'byol-views': {otherwise}");
    }
}
