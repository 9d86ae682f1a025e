using Sat.Records.Options;

namespace Sat.Records.Specs;

/// <summary>The settings of training that are not components. Bound by the same schemas as component options.</summary>
public record TrainingOptions
{
    /// <summary>Passes over the training set.</summary>
    [Option("Passes over the training set", Min = 1)]
    public int Epochs { get; init; } = 200;

    /// <summary>Samples a step.</summary>
    [Option("Samples per step; the last batch of an epoch has what is left, see training.drop-last", Min = 1)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Leave out an epoch's last batch where it is smaller than the others; never <c>false</c>, which is as not given, so that
    /// runs planned before there was the option keep their ids.</summary>
    [Option("Leave out the last batch of each epoch if it is smaller than the others; each epoch leaves out other samples")]
    public bool? DropLast
    {
        get;
        init => field = value == true ? true : null;
    }

    /// <summary>Train on the first so many samples of the training set.</summary>
    [Option("Use only this many samples, the first of the training set in file order; 0: all. Noise is drawn after that", Min = 0)]
    public int Samples { get; init; }

    /// <summary>Held out from the end of the training set.</summary>
    [Option("Samples held out for validation, the last of the training set in file order; noise is drawn before that", Min = 0)]
    public int Validation { get; init; }

    /// <summary>Epochs between evaluations; the last epoch is always evaluated.</summary>
    [Option("Epochs between evaluations; the last epoch is always evaluated", Min = 1)]
    public int EvaluateEvery { get; init; } = 1;

    /// <summary>Evaluations at epochs that grow by this factor; null: every <see cref="EvaluateEvery"/>.</summary>
    [Option(
        "Evaluate fewer and fewer epochs: the next one is this many times the last, at least one later (1.1 evaluates 4,000 epochs 69 times). Takes the place of training.evaluate-every",
        Min = 1,
        AboveMin = true
    )]
    public double? EvaluateGrowth { get; init; }

    /// <summary>Epochs between probes; null: whenever the run is evaluated.</summary>
    [Option(
        "Epochs between measurements of training.probe; the last epoch is always measured. Unset: whenever the run is evaluated",
        Min = 1,
        Needs = "training.probe",
        NoEffect = "{path} has no effect without training.probe, such as training.probe: knn"
    )]
    public int? ProbeEvery { get; init; }

    /// <summary>Epochs whose weights are kept, counted from 1; null: the last one's alone.</summary>
    [Option(
        "Epochs, counted from 1, whose weights are kept beside the last one's, so that evaluations can measure them: numbers, or ranges such as 71..100",
        Min = 1
    )]
    public int[]? KeepEpochs
    {
        get;
        init => field = value is { Length: > 0 } ? [.. value.Distinct().Order()] : null;
    }

    /// <summary>True after the epochs that are evaluated.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public bool IsEvaluated(int epoch) =>
        epoch == Epochs - 1 || (EvaluateGrowth is { } growth ? IsReached(epoch + 1, growth) : (epoch + 1) % EvaluateEvery == 0);

    private static bool IsReached(int epoch, double growth)
    {
        var next = 1L;
        while (next < epoch)
            next = Math.Max(next + 1, (long)Math.Ceiling(next * growth));
        return next == epoch;
    }

    /// <summary>Samples that an epoch trains on, of so many.</summary>
    public long SamplesPerEpoch(long samples) => DropLast == true && samples > BatchSize ? samples - samples % BatchSize : samples;

    /// <summary>Steps of an epoch over so many samples, of which the last may be of a smaller batch.</summary>
    public long StepsPerEpoch(long samples) => (SamplesPerEpoch(samples) + BatchSize - 1) / BatchSize;
}
