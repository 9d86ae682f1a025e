namespace Sat.Sdk;

/// <summary>
/// A method that looks over the whole training set before an epoch, to choose its samples, or to weigh them, by what its networks make of
/// them then: by their losses, say.
/// </summary>
public interface ISurvey
{
    /// <summary>
    /// Called once for each epoch, after <see cref="IEpochStarted.EpochStarted"/> and before <see cref="ISampler.Order"/> and
    /// <see cref="NamedStream.Positions"/> are asked, the networks being in evaluation mode and gradients off. A run that resumes within
    /// the epoch does not call it again: what came of it belongs into <see cref="IMethodState"/> or <see cref="IMethodNumbers"/>. Unlike in
    /// a step, numbers may be read from the device.
    /// </summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="samples">
    /// All <see cref="TrainingTask.Samples"/> samples once, in the order of the training set, in batches of a size that the host chooses:
    /// one view without augmentation, normalised. Images are read as it is enumerated, so that a method which does not do so costs nothing;
    /// enumerated again, it begins anew. Tensors made between two batches are disposed with the first of them.
    /// </param>
    void Survey(int epoch, IEnumerable<Batch> samples);
}
