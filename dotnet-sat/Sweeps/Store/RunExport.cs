using Parquet;
using Parquet.Schema;
using Sat.Records;
using Sat.Records.Json;

namespace Sat.Sweeps.Store;

/// <summary>Stored runs as one table, a row a run: settings, metrics after the last epoch, conditions.</summary>
public sealed class RunExport
{
    private readonly IReadOnlyList<StoredRun> _runs;
    private readonly string[] _settings;
    private readonly string[] _metrics;
    private readonly string[] _conditions;

    /// <summary>Makes the table of some runs.</summary>
    public RunExport(IReadOnlyList<StoredRun> runs)
    {
        _runs = runs;
        _settings = Names(r => r.Settings.Keys);
        _metrics = Names(r => r.Metrics.Keys);
        // A condition shares the column of the setting of its name: an evaluation has no setting 'deterministic', but ran one way or
        // the other.
        _conditions = [.. Names(r => r.Environment.Keys).Except(_settings, StringComparer.Ordinal)];

        string[] Names(Func<StoredRun, IEnumerable<string>> keys) => [.. runs.SelectMany(keys).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>RFC 4180.</summary>
    public string ToCsv() =>
        Csv.Write(
            ["id", "study", "status", "error", "started", "seconds", "images-per-second", .. _settings, .. _metrics, .. _conditions],
            _runs.Select(r =>
                (IEnumerable<object?>)
                    [
                        r.Id,
                        r.Study,
                        r.Status,
                        r.Error,
                        r.Started?.ToString("O"),
                        r.Seconds,
                        r.ImagesPerSecond,
                        .. _settings.Select(s => (object?)Setting(r, s)),
                        .. _metrics.Select(m => r.Metrics.TryGetValue(m, out var value) ? (object?)value : null),
                        .. _conditions.Select(c => (object?)r.Environment.GetValueOrDefault(c)),
                    ]
            )
        );

    /// <summary>An array of objects.</summary>
    public string ToJson() =>
        SatJson.WriteIndented(
            _runs
                .Select(r => new
                {
                    r.Id,
                    r.Study,
                    Folder = r.Folder.Path,
                    r.Status,
                    r.Error,
                    r.Started,
                    r.Seconds,
                    r.ImagesPerSecond,
                    r.Settings,
                    r.Metrics,
                    r.Environment,
                })
                .ToArray()
        );

    /// <summary>Apache Parquet: texts for settings and conditions, doubles for metrics and times, each of them nullable.</summary>
    public async Task WriteParquet(Stream stream)
    {
        (string Name, Func<StoredRun, string?> Of)[] texts =
        [
            ("id", r => r.Id),
            ("study", r => r.Study),
            ("status", r => r.Status),
            ("error", r => r.Error),
            ("started", r => r.Started?.ToString("O")),
            .. _settings.Select(s => (s, (Func<StoredRun, string?>)(r => Setting(r, s)))),
            .. _conditions.Select(c => (c, (Func<StoredRun, string?>)(r => r.Environment.GetValueOrDefault(c)))),
        ];
        (string Name, Func<StoredRun, double?> Of)[] numbers =
        [
            ("seconds", r => r.Seconds),
            ("images-per-second", r => r.ImagesPerSecond),
            .. _metrics.Select(m => (m, (Func<StoredRun, double?>)(r => r.Metrics.TryGetValue(m, out var value) ? value : null))),
        ];
        DataField[] textFields = [.. texts.Select(t => new DataField<string>(t.Name, nullable: true))];
        DataField[] numberFields = [.. numbers.Select(n => new DataField<double?>(n.Name))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. textFields, .. numberFields]), stream);
        using var group = writer.CreateRowGroup();
        foreach (var (field, of) in textFields.Zip(texts, (f, t) => (f, t.Of)))
            await group.WriteAsync(field, (IReadOnlyCollection<string>)[.. _runs.Select(r => of(r)!)]);
        foreach (var (field, of) in numberFields.Zip(numbers, (f, n) => (f, n.Of)))
            await group.WriteAsync<double>(field, _runs.Select(of).ToArray());
    }

    /// <summary>A run's setting; where it has none of that name, the condition under which it ran.</summary>
    private static string? Setting(StoredRun run, string name) =>
        run.Settings.GetValueOrDefault(name) ?? run.Environment.GetValueOrDefault(name);
}
