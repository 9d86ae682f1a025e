using System.Globalization;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Measuring;

/// <summary>A study of one run, swept by the tool.</summary>
/// <param name="Process">The whole command.</param>
/// <param name="Run">The run's folder.</param>
internal sealed record EngineRun(MeasuredProcess Process, RunFolder Run)
{
    /// <summary>Seconds of training steps, epoch by epoch, as the run records them.</summary>
    public IReadOnlyList<double> EpochSeconds => [.. JsonLines.Read<TelemetryRow>(Run.TelemetryFile).Select(e => e.TrainSeconds)];

    /// <summary>Sweeps from nothing.</summary>
    /// <param name="place">Where.</param>
    /// <param name="study">A file of <c>benchmarks/studies</c>, with one run.</param>
    /// <param name="threads">Threads within an operation.</param>
    /// <param name="settings">What is set over the study.</param>
    /// <param name="options">More options.</param>
    public static EngineRun Sweep(
        Workplace place,
        string study,
        int threads,
        IEnumerable<string> settings,
        params IEnumerable<string> options
    ) => Sweep(place, new Dictionary<string, string>(), study, threads, settings, options);

    /// <summary>Sweeps from nothing, with variables for the tool.</summary>
    public static EngineRun Sweep(
        Workplace place,
        IReadOnlyDictionary<string, string> variables,
        string study,
        int threads,
        IEnumerable<string> settings,
        params IEnumerable<string> options
    )
    {
        var output = place.EmptyOutput(Path.GetFileNameWithoutExtension(study));
        var process = place.Tool(
            variables,
            ["sweep", Workplace.Study(study), "--out", output, .. Arguments(threads, settings), .. options]
        );
        return new EngineRun(process, RunOf(output) ?? throw new InvalidOperationException($"{study} made no run"));
    }

    /// <summary>Trains on the random images: images a second of all epochs but the first, and memory.</summary>
    /// <param name="place">Where.</param>
    /// <param name="threads">Threads within an operation.</param>
    /// <param name="samples">Training samples.</param>
    /// <param name="epochs">Epochs, at least 2.</param>
    /// <param name="set">What is set over <c>benchmarks/studies/training.yaml</c>.</param>
    /// <param name="variables">Variables for the tool; null: none.</param>
    public static Dictionary<string, double> Train(
        Workplace place,
        int threads,
        int samples,
        int epochs,
        IEnumerable<string> set,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var run = Sweep(
            place,
            variables ?? new Dictionary<string, string>(),
            "training.yaml",
            threads,
            [$"dataset.path={place.Data()}", $"training.samples={Text(samples)}", $"training.epochs={Text(epochs)}", .. set]
        );
        return run.Process.Measures((MeasureNames.TrainingRate, samples * (epochs - 1) / run.EpochSeconds.Skip(1).Sum()));
    }

    /// <summary>Threads and settings as the tool takes them.</summary>
    public static IEnumerable<string> Arguments(int threads, IEnumerable<string> settings) =>
        ["--threads", threads.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(s => new[] { "--set", s })];

    /// <summary>The one run in an output folder; null before it has begun.</summary>
    public static RunFolder? RunOf(string output) =>
        !Directory.Exists(output)
            ? null
            : Directory.EnumerateDirectories(output).Select(d => new RunFolder(d)).SingleOrDefault(f => File.Exists(f.RecordFile));
}
