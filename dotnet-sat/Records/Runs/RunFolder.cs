using System.Globalization;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Records.Runs;

/// <summary>The folder of a run, named by the first 12 digits of its id, and the files in it.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record RunFolder(string Path)
{
    private const string KeptWeights = "weights-after-epoch-";
    private const string OfEvaluation = "evaluation-";
    private const string OfMethod = "method-";
    private const string OfFigure = "figure-";
    private const string FigureExtension = ".json";

    /// <summary>Digits of an id that name its folder.</summary>
    public const int NameLength = 12;

    /// <summary>The folder of a run within an output folder.</summary>
    public static RunFolder For(string outputFolder, string id) => new(System.IO.Path.Combine(outputFolder, id[..NameLength]));

    /// <summary>True of what can be the name of a run's folder.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == NameLength && name.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>The folder's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The output folder that it is in.</summary>
    public string Output => System.IO.Path.GetDirectoryName(Path)!;

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

    /// <summary>Suspected wrong labels, a rendering of the soft targets: index, file, given, proposed, given-target, confidence, margin,
    /// weight.</summary>
    public string LabelsFile => File("labels.csv");

    /// <summary>Given labels against those that the soft targets propose, int64 [given, proposed]; where the true labels are known,
    /// int64 [2, given, proposed], the second of the samples whose proposal is right.</summary>
    public string CorrectionsFile => File("corrections.npy");

    /// <summary>Logits on the test set, float32 [test, classes].</summary>
    public string TestLogitsFile => File("test-logits.npy");

    /// <summary>Confusion matrix on the test set, int64 [true, predicted].</summary>
    public string ConfusionFile => File("confusion.npy");

    /// <summary>The soft targets at the end, float32 [training samples, classes].</summary>
    public string SoftTargetsFile => File("soft-targets.npy");

    /// <summary>The networks' weights after an epoch that is kept.</summary>
    /// <param name="epoch">Counted from 1.</param>
    public string WeightsFileAfter(int epoch) => File($"{KeptWeights}{epoch.ToString(CultureInfo.InvariantCulture)}.safetensors");

    /// <summary>All outputs on the test set, float32 [test, outputs], of a method with more of them than classes.</summary>
    public string TestOutputsFile => File("test-outputs.npy");

    /// <summary>A file of an evaluation's own.</summary>
    /// <param name="name">Its name, with an extension.</param>
    public string EvaluationFile(string name) => File(OfEvaluation + name);

    /// <summary>A file of a method's own.</summary>
    /// <param name="name">Its name, with an extension.</param>
    public string MethodFile(string name) => File(OfMethod + name);

    /// <summary>A figure that a component of the run left: a <see cref="Figures.Figure"/>.</summary>
    /// <param name="name">Its name.</param>
    public string FigureFile(string name) => File(OfFigure + name + FigureExtension);

    /// <summary>The names of figures among some files of the folder, in order.</summary>
    /// <param name="files">Names of files.</param>
    public static IEnumerable<string> FigureNames(IEnumerable<string> files) =>
        files
            .Where(f => f.StartsWith(OfFigure, StringComparison.Ordinal) && f.EndsWith(FigureExtension, StringComparison.Ordinal))
            .Select(f => f[OfFigure.Length..^FigureExtension.Length])
            .Order(StringComparer.Ordinal);

    /// <summary>What an evaluation that was stopped goes on from.</summary>
    public string EvaluationStateFile => File("evaluation.state");

    /// <summary>The files that a run's outcome lies in; equal runs have equal ones.</summary>
    public IReadOnlyList<string> Outputs =>
        [
            MetricsFile,
            WeightsFile,
            NoiseFile,
            TestLogitsFile,
            TestOutputsFile,
            ConfusionFile,
            SoftTargetsFile,
            LabelsFile,
            CorrectionsFile,
            .. Named(KeptWeights),
            .. Named(OfEvaluation),
            .. Named(OfMethod),
            .. Named(OfFigure),
        ];

    /// <summary>All files that the tool leaves in it beside the record and the list of checksums.</summary>
    public IReadOnlyList<string> Known => [.. Outputs, RequestFile, TelemetryFile, TensorBoardFile, EventsFile, LogFile];

    /// <summary>A file of this folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The checksums of the files beside the record; see <see cref="ChecksumList"/>.</summary>
    public string ChecksumFile => File(ChecksumList.FileName);

    /// <summary>What to do about a damaged file of a run.</summary>
    internal const string Anew = "The command that made the run makes it again, and sets the damaged files aside.";

    /// <summary>Reads <c>run.json</c>; null when there is none yet.</summary>
    /// <exception cref="SatException">It is damaged, or was edited (exit code 5).</exception>
    public RunRecord? ReadRecord()
    {
        var record = JsonFile.ReadSealed<RunRecord>(RecordFile, Anew, r => r.Schema, RunRecord.SealedSince, out var isSealed);
        if (record is null)
            RequireNeverEnded();
        // A checksum over all of it says as much of a sealed one.
        if (record is not null && !isSealed && record.Spec.Id() != record.Id)
            throw Damaged($"the file is damaged: its specification is not the one of the run {record.Id}");
        return record is null || IsName(Name) && !record.Id.StartsWith(Name, StringComparison.Ordinal)
            ? RequireRun(Name, record, r => r.Id)
            : record;
    }

    /// <summary>Reads <c>run.json</c>, which must be that of the run <paramref name="id"/>; null when there is none yet.</summary>
    /// <exception cref="SatException">It is damaged, or of another run (exit code 5).</exception>
    public RunRecord? ReadRecord(string id) => RequireRun(id, ReadRecord(), r => r.Id);

    /// <summary>
    /// Reads of <c>run.json</c>, which must be that of the run <paramref name="id"/>, what tells where the run stands; null when there is
    /// none yet. Of a run that is done, the metrics are held against it.
    /// </summary>
    /// <exception cref="SatException">It is damaged, or of another run, or the metrics are not those of the run (exit code 5).</exception>
    public RunSummary? ReadSummary(string id)
    {
        var summary = RequireRun(
            id,
            JsonFile.ReadSealed<RunSummary>(RecordFile, Anew, s => s.Schema, RunRecord.SealedSince, out var isSealed),
            s => s.Id
        );
        if (summary is null)
        {
            RequireNeverEnded();
            return null;
        }
        // Without a checksum over all of it, the record must be held against itself.
        if (isSealed)
            RunIntegrity.RequireMetrics(this, summary);
        else
            RunIntegrity.RequireMetrics(this, ReadRecord(id)!);
        return summary;
    }

    /// <summary>Reads <c>request.json</c>; null when there is none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public RunRequest? ReadRequest() => JsonFile.Read<RunRequest>(RequestFile, "Move the run's folder away and make the run again.");

    /// <summary>Replaces <c>run.json</c>.</summary>
    public void WriteRecord(RunRecord record) => AtomicFile.Write(RecordFile, stream => SealedJson.Write(stream, record));

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<MetricsRow> ReadMetrics() => JsonLines.Read<MetricsRow>(MetricsFile);

    private IEnumerable<string> Named(string prefix) =>
        Directory.Exists(Path) ? Directory.EnumerateFiles(Path, prefix + "*").Order(StringComparer.Ordinal) : [];

    /// <summary>A run that has ended has a list of checksums, and a record: one that vanished is not one that was never written.</summary>
    private void RequireNeverEnded()
    {
        if (System.IO.File.Exists(ChecksumFile))
            throw Damaged($"the file is missing, although {ChecksumList.FileName} says that the run has ended");
        // A worker writes the record first.
        if (Outputs.FirstOrDefault(System.IO.File.Exists) is { } output)
            throw Damaged($"the file is missing, although the run has left {System.IO.Path.GetFileName(output)}");
    }

    /// <summary>The error of a record that is not to be believed.</summary>
    internal SatException Damaged(string what, string? file = null) =>
        new(ExitCode.Environment, $"{what}. {Anew}", new SourceLocation(file ?? RecordFile)) { IsDamage = true };

    private T? RequireRun<T>(string id, T? record, Func<T, string> idOf)
        where T : class =>
        record is null || idOf(record) == id ? record : throw Damaged($"this is the record of another run, {idOf(record)}");
}
