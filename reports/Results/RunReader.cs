using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Figures;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Reports.Results;

/// <summary>Reads what is there of a planned run.</summary>
internal static class RunReader
{
    /// <summary>The run as a report shows it, and its environment.</summary>
    public static (RunResult Run, RunEnvironment? Environment) Read(string outputFolder, PlannedRun planned)
    {
        var folder = RunFolder.For(outputFolder, planned.Id);
        try
        {
            return Believed(folder, planned);
        }
        catch (SatException e)
        {
            return (
                new RunResult
                {
                    Id = planned.Id,
                    Cell = planned.Request.Spec.CellId(),
                    Seed = planned.Request.Spec.Seed,
                    State = RunStanding.Damaged,
                    Error = Within(outputFolder, e.Message),
                    Epochs = 0,
                    Spec = planned.Request.Spec,
                },
                null
            );
        }
    }

    /// <summary>A sentence without the path of the output folder: a report may travel.</summary>
    private static string Within(string outputFolder, string sentence)
    {
        var folder = Path.TrimEndingDirectorySeparator(outputFolder) + Path.DirectorySeparatorChar;
        return sentence.Replace(folder, "", StringComparison.Ordinal);
    }

    private static (RunResult Run, RunEnvironment? Environment) Believed(RunFolder folder, PlannedRun planned)
    {
        var (record, isHeld) = RunStandings.Look(() => folder.ReadRecord(planned.Id), r => r?.Status, () => IsHeld(folder));
        if (record is { Status: RunStatus.Done })
        {
            RunIntegrity.RequireMetrics(folder, record);
            RunIntegrity.Require(folder, record.Outputs, folder.ConfusionFile);
            foreach (var figure in RunFolder.FigureNames(record.Outputs.Keys))
                RunIntegrity.Require(folder, record.Outputs, folder.FigureFile(figure));
            if (!record.Outputs.ContainsKey(Path.GetFileName(folder.ConfusionFile)))
                Confusion(folder.ConfusionFile);
        }
        var metrics = folder.ReadMetrics();
        var (state, error) = State(record, isHeld);
        var run = new RunResult
        {
            Id = planned.Id,
            Cell = planned.Request.Spec.CellId(),
            Seed = planned.Request.Spec.Seed,
            State = state,
            Error = error,
            Epochs = metrics.Count == 0 ? 0 : metrics[^1].Epoch,
            Started = record?.Started,
            Ended = record?.Ended,
            Seconds = record?.Seconds,
            ImagesPerSecond = record?.ImagesPerSecond ?? LastSpeed(folder),
            PeakMemoryBytes = record?.PeakMemoryBytes,
            PeakDeviceMemoryBytes = record?.PeakDeviceMemoryBytes,
            Data = record?.Data,
            Derived = record?.Derived,
            FigureNames = [.. RunFolder.FigureNames(record?.Outputs.Keys ?? [])],
            Warnings = record?.Warnings is { Count: > 0 } warnings ? warnings : null,
            Final = state == RunStanding.Done ? record!.Final : null,
            Selected = state == RunStanding.Done ? record!.Selected : null,
            Best = state == RunStanding.Done ? record!.Best : null,
            Suspects = state == RunStanding.Done ? Suspects(folder, record!) : null,
            Curves = ToCurves(metrics),
            Command = File.Exists(folder.RequestFile)
                ? $"dotnet sat run --spec {folder.Name}/request.json --out repeat{Threads(record)}"
                : null,
            Spec = planned.Request.Spec,
        };
        return (run, record?.Environment);
    }

    /// <summary>No result rests on them: a list that is gone, or was edited, is not shown.</summary>
    private static long? Suspects(RunFolder folder, RunRecord record)
    {
        var name = Path.GetFileName(folder.LabelsFile);
        if (!record.Outputs.TryGetValue(name, out var sum) || ChecksumList.Check(folder.Path, name, sum) is not null)
            return null;
        using var table = new StreamReader(RegularFile.OpenRead(folder.LabelsFile));
        return Csv.CountRows(table);
    }

    /// <summary>With another number of threads other bits come of it.</summary>
    private static string Threads(RunRecord? record) =>
        record?.Environment is { Threads: var threads } ? FormattableString.Invariant($" --threads {threads}") : "";

    /// <summary>The confusion matrix on the test set, [true][predicted]; null where there is none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public static long[][]? Confusion(string outputFolder, string id) => Confusion(RunFolder.For(outputFolder, id).ConfusionFile);

    private static long[][]? Confusion(string path) => Matrices(path) is [var matrix, ..] ? matrix : null;

    /// <summary>Given labels against proposed ones, [given][proposed], and the same of right proposals, where the true labels are known;
    /// null where there are none.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public static (long[][] All, long[][]? Right)? Corrections(string outputFolder, string id) =>
        Matrices(RunFolder.For(outputFolder, id).CorrectionsFile) switch
        {
            [var all] => (all, null),
            [var all, var right] => (all, right),
            _ => null,
        };

    /// <summary>The figures that a run left, in the order of their names; of a run that is done.</summary>
    /// <exception cref="SatException">One is damaged (exit code 5).</exception>
    public static IReadOnlyList<CellFigure> Figures(string outputFolder, RunResult run)
    {
        var folder = RunFolder.For(outputFolder, run.Id);
        return [.. run.FigureNames.Select(n => new CellFigure(n, run.Id, run.Seed, Figure(folder.FigureFile(n))))];
    }

    private static Figure Figure(string path)
    {
        const string anew = "Move the run's folder away and make the run again.";
        var figure = JsonFile.Read<Figure>(path, anew)!;
        return figure.Problem() is { } problem
            ? throw new SatException(ExitCode.Environment, $"{path} cannot be drawn: the figure {problem}. {anew}")
            : figure;
    }

    /// <summary>Square matrices of one size; null where there is no file.</summary>
    private static long[][][]? Matrices(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var file = RegularFile.OpenRead(path);
            var array = Npy.Read(file);
            if (array.Shape.Count is not (2 or 3) || array.Shape[^1] != array.Shape[^2])
                throw new InvalidDataException("a confusion matrix is square");
            var size = Math.Max(1, (int)array.Shape[^1]);
            return [.. array.ToInt64().Chunk(size).Chunk(size)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{path} cannot be read: {e.Message}. Move the run's folder away and make the run again.",
                inner: e
            );
        }
    }

    private static (RunStanding State, string? Error) State(RunRecord? record, bool isHeld)
    {
        var standing = RunStandings.From(record?.Status, () => isHeld);
        return (
            standing,
            standing == RunStanding.Interrupted && record!.Status == RunStatus.Running
                ? "its worker is gone; the command that made it resumes it"
                : record?.Error
        );
    }

    /// <summary>A folder that this process cannot lock is believed.</summary>
    private static bool IsHeld(RunFolder folder)
    {
        try
        {
            return RunLease.IsHeld(folder);
        }
        catch (SatException)
        {
            return true;
        }
    }

    private static double? LastSpeed(RunFolder folder) =>
        JsonLines.Read<TelemetryRow>(folder.TelemetryFile) is { Count: > 0 } rows ? rows[^1].ImagesPerSecond : null;

    private static Curves? ToCurves(IReadOnlyList<MetricsRow> rows)
    {
        if (rows.Count == 0)
            return null;
        var names = rows.SelectMany(r => r.Values.Keys).Distinct().Order(StringComparer.Ordinal);
        return new Curves(
            [.. rows.Select(r => (double?)r.Epoch)],
            new SortedDictionary<string, IReadOnlyList<double?>>(
                names.ToDictionary(
                    n => n,
                    n =>
                        (IReadOnlyList<double?>)
                            [.. rows.Select(r => r.Values.TryGetValue(n, out var v) && double.IsFinite(v) ? v : (double?)null)]
                ),
                StringComparer.Ordinal
            )
        );
    }
}
