using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A method that chooses the samples of an epoch, and their order: a curriculum, importance sampling.</summary>
public interface ISampler
{
    /// <summary>
    /// The samples of an epoch, in the order in which batches take them. Asked after <see cref="IEpochStarted.EpochStarted"/>; a run that
    /// resumes within the epoch goes on with the order that its checkpoint holds. Called without gradients.
    /// </summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="random">A generator on the CPU, the only one to draw from.</param>
    /// <returns>int64 [<see cref="TrainingTask.SamplesPerEpoch"/>], on any device: positions in [0, <see cref="TrainingTask.Samples"/>),
    /// which may repeat. Another shape or position fails the run, with a message that names the method.</returns>
    Tensor Order(int epoch, Generator random);
}
