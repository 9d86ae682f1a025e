using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Records.Runs;

/// <summary>The folder of a run, named by the first 12 digits of its id, and the files in it.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>Digits of an id that name its folder.</summary>
    public const int NameLength = 12;

    /// <summary>The folder of a run within an output folder.</summary>
    public static RunFolder Of(string outputFolder, string id) => new(System.IO.Path.Combine(outputFolder, id[..NameLength]));

    /// <summary>The folder's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What the worker is asked to do: a <see cref="RunRequest"/>.</summary>
    public string RequestFile => File("request.json");

    /// <summary>The record of the run: a <see cref="RunRecord"/>.</summary>
    public string RecordFile => File("run.json");

    /// <summary>A <see cref="MetricsRow"/> an evaluated epoch.</summary>
    public string MetricsFile => File("metrics.jsonl");

    /// <summary>A <see cref="TelemetryRow"/> an epoch.</summary>
    public string TelemetryFile => File("telemetry.jsonl");

    /// <summary>The metrics for TensorBoard, which looks for <c>tfevents</c> in names of files.</summary>
    public string TensorBoardFile => File("events.out.tfevents.run");

    /// <summary>A <see cref="RunEvent"/> a line.</summary>
    public string EventsFile => File("events.jsonl");

    /// <summary>What the worker printed.</summary>
    public string LogFile => File("log.txt");

    /// <summary>The networks' weights at the end, in the safetensors format.</summary>
    public string WeightsFile => File("weights.safetensors");

    /// <summary>What the noise drew.</summary>
    public string NoiseFile => File("noise.npy");

    /// <summary>Suspected wrong labels: index, given, proposed, confidence, weight.</summary>
    public string LabelsFile => File("labels.csv");

    /// <summary>Logits on the test set, float32 [test, classes].</summary>
    public string TestLogitsFile => File("test-logits.npy");

    /// <summary>Confusion matrix on the test set, int64 [true, predicted].</summary>
    public string ConfusionFile => File("confusion.npy");

    /// <summary>The soft targets at the end, float32 [training samples, classes].</summary>
    public string SoftTargetsFile => File("soft-targets.npy");

    /// <summary>The files that a run's outcome lies in; equal runs have equal ones.</summary>
    public IReadOnlyList<string> Outputs => [MetricsFile, WeightsFile, NoiseFile, TestLogitsFile, ConfusionFile, SoftTargetsFile, LabelsFile];

    /// <summary>A file of this folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What to do about a damaged file.</summary>
    private const string Anew = "Move the run's folder away, and a sweep makes the run anew.";

    /// <summary>Reads <c>run.json</c>; null when there is none yet.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public RunRecord? ReadRecord() => JsonFile.Read<RunRecord>(RecordFile, Anew);

    /// <summary>Reads <c>run.json</c>, which must be that of the run <paramref name="id"/>; null when there is none yet.</summary>
    /// <exception cref="SatException">It is damaged, or of another run (exit code 5).</exception>
    public RunRecord? ReadRecord(string id) => Of(id, ReadRecord(), r => r.Id);

    /// <summary>Reads of <c>run.json</c>, which must be that of the run <paramref name="id"/>, what tells where the run stands; null when there is none yet.</summary>
    /// <exception cref="SatException">It is damaged, or of another run (exit code 5).</exception>
    public RunSummary? ReadSummary(string id) => Of(id, JsonFile.Read<RunSummary>(RecordFile, Anew), s => s.Id);

    /// <summary>Reads <c>request.json</c>; null when there is none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public RunRequest? ReadRequest() => JsonFile.Read<RunRequest>(RequestFile, Anew);

    /// <summary>Replaces <c>run.json</c>.</summary>
    public void WriteRecord(RunRecord record) => AtomicFile.WriteText(RecordFile, SatJson.WriteIndented(record));

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<MetricsRow> ReadMetrics() => JsonLines.Read<MetricsRow>(MetricsFile);

    private T? Of<T>(string id, T? record, Func<T, string> idOf)
        where T : class =>
        record is null || idOf(record) == id
            ? record
            : throw new SatException(ExitCode.Environment, $"this is the record of another run, {idOf(record)}. {Anew}", new SourceLocation(RecordFile));
}
