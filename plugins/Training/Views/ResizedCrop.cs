using Sat.Records;
using Sat.Sdk;
using Sat.Training.Views.Pixels;
using static TorchSharp.torch;

namespace Sat.Training.Views;

/// <summary>A random part of each image, resized to the images' own size, perhaps mirrored.</summary>
sealed class ResizedCrop : IAugmentation, IRegional
{
    const int Numbers = CropDraw.Numbers + 1;

    readonly ResizedCropOptions _options;

    public ResizedCrop(ResizedCropOptions options)
    {
        if (options.CropMin > options.CropMax)
            throw new SatException(ExitCode.Planning, "augmentation 'resized-crop': crop-min is above crop-max");
        _options = options;
    }

    public Tensor Apply(Tensor images, Generator random)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (height, width) = ((int)images.shape[2], (int)images.shape[3]);
        var regions = Regions((int)images.shape[0], random).Select(r => r(height, width)).ToArray();
        var values = images.dtype == ScalarType.Byte ? images.to(ScalarType.Float32).div_(255) : images;
        return Resampling
            .Resize(
                values,
                [.. regions.Select(r => new Box(r.Top, r.Left, r.Height, r.Width))],
                [.. regions.Select(r => r.Mirrored)],
                height,
                width,
                Interpolation.Bilinear
            )
            .clamp_(0, 1)
            .MoveToOuterDisposeScope();
    }

    public IReadOnlyList<Func<int, int, Region>> Regions(int images, Generator random)
    {
        using var uniform = rand([images, Numbers], ScalarType.Float64, generator: random);
        return [.. uniform.data<double>().ToArray().Chunk(Numbers).Select(Part)];
    }

    Func<int, int, Region> Part(double[] u) =>
        (height, width) =>
        {
            var box = CropDraw.Of(u, _options.CropMin, _options.CropMax, height, width);
            return new Region(box.Top, box.Left, box.Height, box.Width, u[CropDraw.Numbers] < _options.Flip);
        };
}
