using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>Mean and variance of probabilities over passes, without keeping the passes. Disposed with the scope it is made in.</summary>
sealed class PassStatistics
{
    readonly Tensor _mean;
    readonly Tensor _squares;
    int _passes;

    /// <param name="shape">Of a pass: [samples, K].</param>
    /// <param name="device">Where it is.</param>
    public PassStatistics(long[] shape, Device device)
    {
        _mean = zeros(shape, ScalarType.Float64, device);
        _squares = zeros(shape, ScalarType.Float64, device);
    }

    /// <summary>The mean, float64 [samples, K].</summary>
    public Tensor Mean => _mean;

    /// <summary>The variance, divided by the number of passes, float64 [samples, K].</summary>
    public Tensor Variance => _squares / _passes;

    /// <summary>Takes a pass.</summary>
    /// <param name="probabilities">[samples, K], rows that sum to 1.</param>
    public void Add(Tensor probabilities)
    {
        using var scope = NewDisposeScope();
        _passes++;
        var ahead = probabilities.to(ScalarType.Float64) - _mean;
        _mean.add_(ahead / _passes);
        _squares.add_(ahead * (probabilities.to(ScalarType.Float64) - _mean));
    }
}
