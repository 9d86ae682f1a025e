namespace Sat.Models.Convolutional;

/// <summary>What comes before the stages of a residual network.</summary>
enum Stem
{
    /// <summary>A 3x3 convolution: for images of 32x32.</summary>
    Cifar,

    /// <summary>A 7x7 convolution of stride 2 and a 3x3 maximum of stride 2: for images of 224x224 (arXiv 1512.03385, table 1).</summary>
    ImageNet,
}
