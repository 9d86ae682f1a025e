namespace Sat.Records.Specs;

/// <summary>What an epoch's last batch does to nets that normalise by batch: statistics of a few samples are poor, and what is learned from
/// them spoils weights and soft targets.</summary>
public static class LastBatch
{
    /// <summary>A last batch is small when it is less than this share of the others.</summary>
    private const int SmallestShare = 8;

    /// <summary>Refuses, in a sentence, a last batch of one sample: it has no statistics to normalise by. Null: it is larger, or is left
    /// out.</summary>
    /// <param name="training">How the run trains.</param>
    /// <param name="samples">Samples trained on.</param>
    public static string? Problem(TrainingOptions training, long samples)
    {
        ArgumentNullException.ThrowIfNull(training);
        return samples > training.BatchSize && training.BatchSize > 1 && training.SamplesPerEpoch(samples) % training.BatchSize == 1
            ? FormattableString.Invariant(
                $"{samples} training samples in batches of {training.BatchSize} leave a last batch of 1, but the networks normalise by batch, which one sample is not enough for: "
            ) + "set 'training.drop-last: true' to leave that batch out of each epoch, or choose another 'training.batch-size'."
            : null;
    }

    /// <summary>Warns, in a sentence, of a batch that is larger than the training set; null: it is not.</summary>
    /// <param name="training">How the run trains.</param>
    /// <param name="samples">Samples trained on.</param>
    public static string? Oversized(TrainingOptions training, long samples)
    {
        ArgumentNullException.ThrowIfNull(training);
        return samples < training.BatchSize
            ? FormattableString.Invariant(
                $"{Count.Of(samples, "training sample")} {Count.Word(samples, "is", "are")} less than a batch of {training.BatchSize}: each epoch is a single step. A smaller 'training.batch-size' gives more."
            )
            : null;
    }

    /// <summary>Warns, in a sentence, of a last batch that is small beside the others; null: it is not, or it is left out.</summary>
    /// <param name="training">How the run trains.</param>
    /// <param name="samples">Samples trained on.</param>
    public static string? Warning(TrainingOptions training, long samples)
    {
        ArgumentNullException.ThrowIfNull(training);
        var last = training.SamplesPerEpoch(samples) % training.BatchSize;
        if (samples < training.BatchSize || last == 0 || (last > 1 && last * SmallestShare >= training.BatchSize))
            return null;
        return FormattableString.Invariant(
                $"{samples} training samples in batches of {training.BatchSize} leave a last batch of {last}, and the networks normalise by batch: "
            )
            + (
                last == 1
                    ? "one sample gives poor statistics, and none where a layer has a single value per sample; such a run fails."
                    : "the statistics of so few samples are poor, and can spoil weights and soft targets."
            )
            + " 'training.drop-last: true' leaves that batch out of each epoch.";
    }
}
