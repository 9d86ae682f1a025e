using Sat.Records.Data;
using Sat.Records.Metrics;

namespace Sat.Sdk;

/// <summary>What may be said of a component beyond its name.</summary>
public sealed record ComponentDetails
{
    /// <summary>Raise it when the same options give other results: it is part of each run's identity.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Where the component was published, with section or equation.</summary>
    public string? Paper { get; init; }

    /// <summary>Why results are an interpretation of the source rather than a reproduction; shown by every report. Null: they are
    /// not.</summary>
    public string? Interpretation { get; init; }

    /// <summary>For models and methods: true if networks of theirs normalise by the statistics of a batch (batch normalisation), so that
    /// planning can warn of a batch too small for it.</summary>
    public bool NormalizesByBatch { get; init; }

    /// <summary>Settings of a run without which the component cannot work, path to value: <c>dataset.normalize</c> to <c>false</c>. A run
    /// that has another is refused when it is planned.</summary>
    public IReadOnlyDictionary<string, string> Requires { get; init; } = new Dictionary<string, string>();

    /// <summary>For methods: false if what they train gives no classes, so that evaluations which need them are refused when they are
    /// planned; null: it may.</summary>
    public bool? Classifies { get; init; }

    /// <summary>For evaluations: true if they measure classifiers alone.</summary>
    public bool NeedsClassifier { get; init; }

    /// <summary>For datasets: how many training samples there are, where all versions have as many; null: it depends.</summary>
    public long? TrainingSamples { get; init; }

    /// <summary>For datasets: the option that says how many training samples there are; null: none does.</summary>
    public string? TrainingSamplesOption { get; init; }

    /// <summary>The files it reads. Its options record then needs a <c>Path</c> marked <c>IsPath</c>, for people who keep them
    /// elsewhere.</summary>
    public DataLayout? Data { get; init; }

    /// <summary>
    /// Which files it reads where a path option names a folder: these alone are part of a run's identity, and
    /// <see cref="DatasetContext.Files"/> has no others. Null: all that are neither hidden nor left behind by a system
    /// (<see cref="StrayFiles"/>).
    /// </summary>
    public FileSelection? Reads { get; init; }

    /// <summary>For methods and evaluations: the metrics that they report, so that reports and tables know titles, units and directions.
    /// One that is not declared is shown as a plain number under its name.</summary>
    public IReadOnlyList<MetricSchema> Metrics { get; init; } = [];
}
