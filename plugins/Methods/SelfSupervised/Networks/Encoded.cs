using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Networks;

/// <summary>What an encoder makes of a batch.</summary>
/// <param name="Features">f(v), float32 [batch, F].</param>
/// <param name="Projections">g(f(v)), float32 [batch, D].</param>
readonly record struct Encoded(Tensor Features, Tensor Projections);
