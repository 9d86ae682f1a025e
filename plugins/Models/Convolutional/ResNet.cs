using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>A residual network in the form for CIFAR: stages of w, 2w, 4w and 8w channels with strides 1, 2, 2, 2, and a mean over the image.</summary>
sealed class ResNet : Backbone, IHasWidth
{
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Sequential blocks;

    /// <param name="name">Component id.</param>
    /// <param name="shape">Shape of the images, at least 8x8.</param>
    /// <param name="stages">Blocks a stage.</param>
    /// <param name="width">w.</param>
    public ResNet(string name, ImageShape shape, IReadOnlyList<int> stages, int width)
        : base(name)
    {
        SmallestImage.Require(name, shape, 8);
        Width = width;
        conv1 = nn.Conv2d(shape.Channels, width, kernel_size: 3, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(width);
        blocks = nn.Sequential();
        var inputs = (long)width;
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var outputs = (long)width << stage;
            for (var block = 0; block < stages[stage]; block++)
            {
                blocks.append($"{stage + 1}-{block + 1}", new BasicBlock(inputs, outputs, stride: stage > 0 && block == 0 ? 2 : 1));
                inputs = outputs;
            }
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
        var stem = relu(bn1.forward(conv1.forward(input)), inplace: true);
        return blocks.forward(stem).mean([2, 3]).MoveToOuterDisposeScope();
    }
}
