using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional;

/// <summary>Convolution, batch normalisation and ReLU, five times, halving the image three times by its maxima, and a mean over what is
/// left of it.</summary>
sealed class SmallConv : Backbone, IHasWidth
{
    readonly Sequential layers;

    public SmallConv(ImageShape shape, SmallConvOptions options)
        : base("small-conv")
    {
        SmallestImage.Require("small-conv", shape, 8);
        Width = options.Width;
        layers = nn.Sequential();
        var inputs = shape.Channels;
        foreach (
            var (outputs, pool) in new (long, bool)[]
            {
                (Width, true),
                (2 * Width, true),
                (4 * Width, false),
                (4 * Width, true),
                (8 * Width, false),
            }
        )
        {
            layers.append(nn.Conv2d(inputs, outputs, kernel_size: 3, padding: 1, bias: false));
            layers.append(nn.BatchNorm2d(outputs));
            layers.append(nn.ReLU(inplace: true));
            if (pool)
                layers.append(nn.MaxPool2d(2));
            inputs = outputs;
        }
        FeatureDimension = inputs;
        RegisterComponents();
        Initialisation.DrawConvolutions(this);
    }

    public int Width { get; }

    public override long FeatureDimension { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return layers.forward(input).mean([2, 3]).MoveToOuterDisposeScope();
    }
}
