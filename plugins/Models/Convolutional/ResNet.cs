using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>A residual network: a stem, stages of w, 2w, 4w and 8w channels (four times as many between bottlenecks) with strides
/// 1, 2, 2, 2, and a mean over the image.</summary>
sealed partial class ResNet : Backbone, IHasWidth, IPublishedNames
{
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly MaxPool2d? pool;
    readonly Sequential blocks;

    /// <param name="name">Component id.</param>
    /// <param name="shape">Shape of the images, at least 8x8; with the stem for ImageNet at least 32x32.</param>
    /// <param name="stem">What comes first.</param>
    /// <param name="block">What the stages are made of.</param>
    /// <param name="stages">Blocks a stage.</param>
    /// <param name="width">w.</param>
    public ResNet(string name, ImageShape shape, Stem stem, Block block, IReadOnlyList<int> stages, int width)
        : base(name)
    {
        SmallestImage.Require(name, shape, stem == Stem.ImageNet ? 32 : 8);
        Width = width;
        conv1 =
            stem == Stem.ImageNet
                ? nn.Conv2d(shape.Channels, width, kernel_size: 7, stride: 2, padding: 3, bias: false)
                : nn.Conv2d(shape.Channels, width, kernel_size: 3, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(width);
        if (stem == Stem.ImageNet)
            pool = nn.MaxPool2d(3, stride: 2, padding: 1);
        blocks = nn.Sequential();
        var inputs = (long)width;
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var outputs = ((long)width << stage) * (block == Block.Bottleneck ? Bottleneck.Expansion : 1);
            for (var number = 0; number < stages[stage]; number++)
            {
                var stride = stage > 0 && number == 0 ? 2 : 1;
                blocks.append(
                    $"{stage + 1}-{number + 1}",
                    block == Block.Bottleneck ? new Bottleneck(inputs, outputs, stride) : new BasicBlock(inputs, outputs, stride)
                );
                inputs = outputs;
            }
        }
        FeatureDimension = inputs;
        RegisterComponents();
        Initialisation.DrawConvolutions(this);
    }

    public int Width { get; }

    public override long FeatureDimension { get; }

    /// <summary>Names of torchvision's models, and of those with <c>shortcut</c> for CIFAR.</summary>
    public string NameOf(string published)
    {
        var match = InLayer().Match(published);
        return match.Success
            ? $"blocks.{match.Groups["stage"].Value}-{int.Parse(match.Groups["block"].Value, CultureInfo.InvariantCulture) + 1}.{match.Groups["rest"].Value.Replace("downsample.", "shortcut.", StringComparison.Ordinal)}"
            : published;
    }

    [GeneratedRegex(
        @"^layer(?<stage>\d+)\.(?<block>\d+)\.(?<rest>.+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex InLayer();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var stem = relu(bn1.forward(conv1.forward(input)), inplace: true);
        if (pool is not null)
            stem = pool.forward(stem);
        return blocks.forward(stem).mean([2, 3]).MoveToOuterDisposeScope();
    }
}
