using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>Predictions and scores of rejection of some samples.</summary>
/// <param name="Predicted">int64 [samples].</param>
/// <param name="Rejection">float64 [samples]: the higher, the sooner rejected.</param>
readonly record struct Scored(Tensor Predicted, Tensor Rejection);
