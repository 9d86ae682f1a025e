using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Networks;

/// <summary>The projectors and predictors of the published methods.</summary>
static class Perceptron
{
    /// <summary>Linear, batch normalisation, ReLU, linear (arXiv 2006.07733, section 3.3).</summary>
    public static Sequential OneHidden(long inputs, long hidden, long outputs) =>
        nn.Sequential(nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(inplace: true), nn.Linear(hidden, outputs));

    /// <summary>
    /// Layers without biases, each followed by batch normalisation, which is without scale and shift after the last
    /// (arXiv 2011.10566, section 3 and its code).
    /// </summary>
    /// <param name="inputs">Length of the features.</param>
    /// <param name="hidden">Length of the hidden layers.</param>
    /// <param name="outputs">Length of the projections.</param>
    /// <param name="layers">Linear layers, at least 2.</param>
    public static Sequential Normalised(long inputs, long hidden, long outputs, int layers)
    {
        var perceptron = nn.Sequential();
        for (var layer = 1; layer < layers; layer++)
        {
            perceptron.append(nn.Linear(inputs, hidden, hasBias: false));
            perceptron.append(nn.BatchNorm1d(hidden));
            perceptron.append(nn.ReLU(inplace: true));
            inputs = hidden;
        }
        perceptron.append(nn.Linear(inputs, outputs, hasBias: false));
        perceptron.append(nn.BatchNorm1d(outputs, affine: false));
        return perceptron;
    }

    /// <summary>Linear without bias, batch normalisation, ReLU, linear: SimSiam's predictor.</summary>
    public static Sequential Bottleneck(long dimension, long hidden) =>
        nn.Sequential(
            nn.Linear(dimension, hidden, hasBias: false),
            nn.BatchNorm1d(hidden),
            nn.ReLU(inplace: true),
            nn.Linear(hidden, dimension)
        );
}
