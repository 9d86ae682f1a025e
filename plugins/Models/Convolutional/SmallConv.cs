using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional;

/// <summary>Convolution, batch normalisation and ReLU, five times, halving the image by strides, and a mean over what is left of it.</summary>
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
        foreach (var (outputs, stride) in new (long, long)[] { (Width, 1), (2 * Width, 2), (4 * Width, 2), (4 * Width, 1), (8 * Width, 2) })
        {
            layers.append(nn.Conv2d(inputs, outputs, kernel_size: 3, stride: stride, padding: 1, bias: false));
            layers.append(nn.BatchNorm2d(outputs));
            layers.append(nn.ReLU(inplace: true));
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
