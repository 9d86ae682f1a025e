using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>A small training set of images of one pixel, and trainings on it: what a sample is stays, and its views differ by
/// noise.</summary>
sealed class Clusters(int samples = 128, int batchSize = 64, double noise = 0.3)
{
    readonly Tensor _images = randn(samples, TraceNetwork.Inputs, 1, 1, generator: new Generator(5));

    public TrainingTask Task(int epochs) => Methods.Task(samples, samples / batchSize, epochs);

    /// <summary>Trains as the engine does.</summary>
    /// <param name="method">The method.</param>
    /// <param name="epochs">Epochs.</param>
    /// <param name="views">Views a batch.</param>
    /// <param name="lr">Learning rate.</param>
    /// <returns>The loss of every step, and the method's metrics after every epoch.</returns>
    public (float[] Losses, IReadOnlyDictionary<string, double>[] Metrics) Train(Method method, int epochs, int views = 2, double lr = 0.05)
    {
        var random = new Generator(7);
        var optimizer = Methods.Sgd(method, lr);
        var losses = new List<float>();
        var metrics = new List<IReadOnlyDictionary<string, double>>();
        method.Network.train();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            var order = randperm(samples, ScalarType.Int64, generator: random);
            for (var step = 0; step < samples / batchSize; step++)
            {
                var indices = order.narrow(0, step * batchSize, batchSize);
                Tensor[] batch = [.. Enumerable.Range(0, views).Select(_ => View(indices, random))];
                losses.Add(Tasks.Step(method, optimizer, Tasks.Batch(batch, indices, epoch: epoch, step: losses.Count)));
            }
            metrics.Add(((IMethodMetrics)method).Metrics());
        }
        return ([.. losses], [.. metrics]);
    }

    Tensor View(Tensor indices, Generator random)
    {
        var chosen = _images.index_select(0, indices);
        return chosen + (noise * randn(chosen.shape, generator: random));
    }
}
