using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>WRN-d-k: a stem of 16 channels, stages of 16k, 32k and 64k with strides 1, 2, 2, and a mean over the image.</summary>
sealed partial class WideResNet : Backbone, IPublishedNames
{
    const int Stem = 16;
    readonly Conv2d conv1;
    readonly Sequential blocks;
    readonly BatchNorm2d bn;

    public WideResNet(ImageShape shape, WideResNetOptions options)
        : base("wrn")
    {
        SmallestImage.Require("wrn", shape, 8);
        var (depth, factor) = (options.Depth, options.WidenFactor);
        if (depth < 10 || (depth - 4) % 6 != 0)
        {
            var lower = Math.Max(10, depth - ((depth - 4) % 6));
            throw new SatException(
                ExitCode.Planning,
                $"model 'wrn' has no depth {depth}: it must be 4 more than a multiple of 6, such as {lower} or {lower + 6}."
            );
        }
        conv1 = nn.Conv2d(shape.Channels, Stem, kernel_size: 3, padding: 1, bias: false);
        blocks = nn.Sequential();
        long inputs = Stem;
        for (var stage = 0; stage < 3; stage++)
        {
            var outputs = (long)Stem * factor << stage;
            for (var block = 0; block < (depth - 4) / 6; block++)
            {
                blocks.append($"{stage + 1}-{block + 1}", new PreActivationBlock(inputs, outputs, stride: stage > 0 && block == 0 ? 2 : 1));
                inputs = outputs;
            }
        }
        bn = nn.BatchNorm2d(inputs);
        FeatureDimension = inputs;
        RegisterComponents();
        Initialisation.DrawConvolutions(this);
    }

    public override long FeatureDimension { get; }

    /// <summary>Names of the usual implementation in PyTorch: <c>block1.layer.0.convShortcut.weight</c>.</summary>
    public string NameOf(string published)
    {
        if (published.StartsWith("bn1.", StringComparison.Ordinal))
            return "bn." + published["bn1.".Length..];
        var match = InBlock().Match(published);
        return match.Success
            ? $"blocks.{match.Groups["stage"].Value}-{int.Parse(match.Groups["block"].Value, CultureInfo.InvariantCulture) + 1}.{match.Groups["rest"].Value.Replace("convShortcut.", "shortcut.", StringComparison.Ordinal)}"
            : published;
    }

    [GeneratedRegex(
        @"^block(?<stage>\d+)\.layer\.(?<block>\d+)\.(?<rest>.+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex InBlock();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = blocks.forward(conv1.forward(input));
        return relu(bn.forward(features), inplace: true).mean([2, 3]).MoveToOuterDisposeScope();
    }

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs) => Initialisation.ZeroBias(nn.Linear(FeatureDimension, outputs));
}
