using Sat.Sdk;

namespace Sat.Datasets.Files;

static class PixelNormalizations
{
    public static Normalization? Values(this PixelNormalization normalization) =>
        normalization switch
        {
            PixelNormalization.Imagenet => new Normalization([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            PixelNormalization.Cifar => new Normalization([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]),
            _ => null,
        };
}
