namespace Sat.Benchmarks.Measuring;

/// <summary>A training, as the study says it and as the peers do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Net">The peers' net, as <c>peers/nets.py</c> names it.</param>
/// <param name="Width">Channels of its first stage.</param>
/// <param name="Loss">The peers' loss: <c>given-labels</c> or <c>adapted-targets</c>.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="Epochs">Epochs; where time is measured at least 2: the first warms up.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="OperationsPerImage">
/// Floating-point operations of training on an image: six for each product of a weight in the forward pass, which are a product and a sum
/// each forward, backward to the inputs and backward to the weights. Null where no ceiling is measured.
/// </param>
internal sealed record TrainingCase(
    string Name,
    IReadOnlyList<string> Set,
    string Net,
    int Width,
    string Loss,
    int Samples,
    int Epochs,
    int BatchSize,
    double? OperationsPerImage = null
);
