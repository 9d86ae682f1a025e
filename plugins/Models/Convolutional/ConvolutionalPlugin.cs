using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Models.Convolutional;

public sealed class ConvolutionalPlugin : IPlugin
{
    const string PublishedForm =
        "He et al.: Deep Residual Learning for Image Recognition, arXiv 1512.03385, table 1; projection shortcuts (option B)";
    const string ResidualPaper =
        "He et al.: Deep Residual Learning for Image Recognition, arXiv 1512.03385; the form for CIFAR of arXiv 2002.10319, with base width 64";

    public void Register(IPluginRegistry registry)
    {
        registry.AddModel<ResNetOptions>(
            "resnet18",
            "ResNet-18 in the form for CIFAR: a 3x3 stem without pooling, and four stages of basic blocks.",
            (context, options) => new ResNet("resnet18", context.Shape, Stem.Cifar, Block.Basic, [2, 2, 2, 2], options.Width),
            new() { Paper = ResidualPaper, NormalizesByBatch = true }
        );
        registry.AddModel<ResNetOptions>(
            "resnet34",
            "ResNet-34 in the form for CIFAR: a 3x3 stem without pooling, and four stages of basic blocks.",
            (context, options) => new ResNet("resnet34", context.Shape, Stem.Cifar, Block.Basic, [3, 4, 6, 3], options.Width),
            new() { Paper = ResidualPaper, NormalizesByBatch = true }
        );
        registry.AddModel<ResNetOptions>(
            "resnet18-imagenet",
            "ResNet-18 in the form for ImageNet: a 7x7 stem of stride 2 with pooling, and four stages of basic blocks.",
            (context, options) => new ResNet("resnet18-imagenet", context.Shape, Stem.ImageNet, Block.Basic, [2, 2, 2, 2], options.Width),
            new() { Paper = PublishedForm, NormalizesByBatch = true }
        );
        registry.AddModel<ResNetOptions>(
            "resnet34-imagenet",
            "ResNet-34 in the form for ImageNet: a 7x7 stem of stride 2 with pooling, and four stages of basic blocks.",
            (context, options) => new ResNet("resnet34-imagenet", context.Shape, Stem.ImageNet, Block.Basic, [3, 4, 6, 3], options.Width),
            new() { Paper = PublishedForm, NormalizesByBatch = true }
        );
        registry.AddModel<ResNetOptions>(
            "resnet50",
            "ResNet-50 in the form for CIFAR: a 3x3 stem without pooling, and four stages of bottlenecks.",
            (context, options) => new ResNet("resnet50", context.Shape, Stem.Cifar, Block.Bottleneck, [3, 4, 6, 3], options.Width),
            new() { Paper = ResidualPaper, NormalizesByBatch = true }
        );
        registry.AddModel<ResNetOptions>(
            "resnet50-imagenet",
            "ResNet-50 in the form for ImageNet: a 7x7 stem of stride 2 with pooling, and four stages of bottlenecks.",
            (context, options) =>
                new ResNet("resnet50-imagenet", context.Shape, Stem.ImageNet, Block.Bottleneck, [3, 4, 6, 3], options.Width),
            new() { Paper = PublishedForm + "; strides in the 3x3 convolutions, as torchvision has them", NormalizesByBatch = true }
        );
        registry.AddModel<WideResNetOptions>(
            "wrn",
            "Wide ResNet without dropout; WRN-28-10 unless told otherwise.",
            (context, options) => new WideResNet(context.Shape, options),
            new() { Paper = "Zagoruyko, Komodakis: Wide Residual Networks, arXiv 1605.07146, table 1", NormalizesByBatch = true }
        );
        registry.AddModel<NoOptions>(
            "vgg16-bn",
            "VGG16 with batch normalisation after each ReLU and dropout, as used for selective classification.",
            (context, _) => new Vgg16(context.Shape),
            new()
            {
                Paper = "Simonyan, Zisserman: arXiv 1409.1556, configuration D; the form of arXiv 2002.10319, selective classification",
                NormalizesByBatch = true,
            }
        );
        registry.AddModel<SmallConvOptions>(
            "small-conv",
            "Five convolutions with batch normalisation: small enough to train on a CPU, large enough to memorise wrong labels.",
            (context, options) => new SmallConv(context.Shape, options),
            new() { NormalizesByBatch = true }
        );
    }
}
