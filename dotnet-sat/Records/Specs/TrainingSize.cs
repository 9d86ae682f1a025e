namespace Sat.Records.Specs;

/// <summary>Whether a training set has the samples that a run takes and holds out.</summary>
public static class TrainingSize
{
    /// <summary>Says in a sentence, and with the path of a setting, why it has not; null: it has, or only the worker can tell.</summary>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="training">How the run trains.</param>
    /// <param name="whole">Samples of the dataset's training set; null: unknown.</param>
    public static (string Setting, string Problem)? Problem(string dataset, TrainingOptions training, long? whole)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (whole == 0)
            return (
                "dataset",
                $"{dataset} has no training images: train on another dataset, and name {dataset} as the 'dataset' of an evaluation."
            );
        if (training.Samples > whole)
            return (
                "training.samples",
                $"training.samples is {training.Samples}, but {dataset} has {Count.Of(whole.Value, "training sample")}. Lower it, or leave it out to use them all."
            );
        var taken = training.Samples > 0 ? training.Samples : whole;
        return training.Validation >= taken
            ? (
                "training.validation",
                $"training.validation holds out {training.Validation} of {Count.Of(taken.Value, "training sample")}: none are left to train on. Lower it."
            )
            : null;
    }
}
