using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional;

/// <summary>VGG16 for 32x32 or 64x64 images: stages of convolution, ReLU and batch normalisation with channel dropout, then a hidden layer
/// of 512.</summary>
sealed class Vgg16 : Backbone
{
    const long Hidden = 512;

    /// <summary>Channels of each convolution, stage by stage; a pooling by 2 ends each stage (arXiv 1409.1556, table 1, D).</summary>
    static readonly long[][] Stages =
    [
        [64, 64],
        [128, 128],
        [256, 256, 256],
        [512, 512, 512],
        [512, 512, 512],
    ];

    readonly Sequential features;
    readonly Sequential classifier;

    public Vgg16(ImageShape shape)
        : base("vgg16-bn")
    {
        SmallestImage.Require("vgg16-bn", shape, 1 << Stages.Length);
        features = nn.Sequential();
        var inputs = shape.Channels;
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            for (var layer = 0; layer < Stages[stage].Length; layer++)
            {
                if (layer > 0)
                    features.append(nn.Dropout2d(stage == 0 ? 0.3 : 0.4));
                var outputs = Stages[stage][layer];
                features.append(nn.Conv2d(inputs, outputs, kernel_size: 3, padding: 1));
                features.append(nn.ReLU(inplace: true));
                features.append(nn.BatchNorm2d(outputs));
                inputs = outputs;
            }
            features.append(nn.MaxPool2d(kernel_size: 2, stride: 2));
        }
        features.append(nn.Dropout2d(0.5));

        var places = (shape.Height >> Stages.Length) * (shape.Width >> Stages.Length);
        classifier = nn.Sequential(
            nn.Flatten(),
            Initialisation.DrawLinear(nn.Linear(inputs * places, Hidden), deviation: 0.01),
            nn.ReLU(inplace: true),
            nn.BatchNorm1d(Hidden),
            nn.Dropout(0.5)
        );
        RegisterComponents();
        Initialisation.DrawConvolutions(this);
    }

    public override long FeatureDimension => Hidden;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return classifier.forward(features.forward(input)).MoveToOuterDisposeScope();
    }

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs) =>
        Initialisation.DrawLinear(nn.Linear(FeatureDimension, outputs), deviation: 0.01);
}
