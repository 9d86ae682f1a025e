using System.Globalization;
using System.Text.Json;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Sweeps.Store;

/// <summary>
/// A run as it lies in a store. It is read from <c>run.json</c> without building the record: a store of ten thousand runs is
/// listed while one waits.
/// </summary>
public sealed record StoredRun
{
    /// <summary>The status of a run whose record cannot be read, or is not to be believed.</summary>
    public const string Damaged = "damaged";

    /// <summary>The status of a run that is done and whose plugins were other builds than those of the latest run of its cell.</summary>
    public const string Stale = "stale";

    private const string Running = "running";
    private const string Interrupted = "interrupted";
    private const string CodePrefix = "plugins.";

    /// <summary>The run's folder.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The name of the output folder that it lies in.</summary>
    public required string Study { get; init; }

    /// <summary>The id, 64 hexadecimal digits; of a damaged run the folder's name.</summary>
    public required string Id { get; init; }

    /// <summary><c>done</c>, <c>failed</c>, <c>diverged</c>, <c>interrupted</c>, <c>running</c>, <c>queued</c>, <c>stale</c> or
    /// <c>damaged</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, diverged or was interrupted, or what is damaged.</summary>
    public string? Error { get; init; }

    /// <summary>Settings by the paths of studies, as canonical texts.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where its files lay: the path of an option (<c>dataset.path</c>) to a path.</summary>
    public IReadOnlyDictionary<string, string> Locations { get; init; } = new Dictionary<string, string>();

    /// <summary>Conditions: tool, device, threads, processor, libtorch, ...</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The code that it was made with; see <see cref="RunEnvironment.Plugins"/>.</summary>
    public IReadOnlyDictionary<string, string> Code { get; init; } = new Dictionary<string, string>();

    /// <summary>Metrics after the last epoch; none unless it is done.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>When a worker began it.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Seconds of work.</summary>
    public double? Seconds { get; init; }

    /// <summary>Training samples a second.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>Largest resident memory of its worker, in bytes.</summary>
    public double? PeakMemoryBytes { get; init; }

    /// <summary>Most memory of a graphics card that its worker held, in bytes.</summary>
    public double? PeakDeviceMemoryBytes { get; init; }

    /// <summary>The first digits of the id, as folders are named.</summary>
    public string ShortId => Id.Length > RunFolder.NameLength ? Id[..RunFolder.NameLength] : Id;

    /// <summary>Reads a run's folder; null when it holds no record.</summary>
    public static StoredRun? Read(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        // What ended with an error stays so here, though a worker may just begin it again: a lease costs more to look at than a record.
        var (run, isHeld) = RunStandings.Look(
            () => ReadRecord(folder),
            r => r?.Status == Running ? RunStatus.Running : RunStatus.Done,
            () => RunLease.IsHeld(folder)
        );
        return run?.Status == Running && !isHeld ? run with { Status = Interrupted } : run;
    }

    private static StoredRun? ReadRecord(RunFolder folder)
    {
        var study = Path.GetFileName(Path.GetDirectoryName(folder.Path)!);
        try
        {
            var bytes = RegularFile.ReadAllBytes(folder.RecordFile);
            using var json = JsonDocument.Parse(bytes);
            var run = Read(folder, study, json.RootElement);
            Require(run, json.RootElement, SealedJson.State(bytes));
            return run;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return File.Exists(folder.ChecksumFile)
                ? new StoredRun
                {
                    Folder = folder,
                    Study = study,
                    Id = folder.Name,
                    Status = Damaged,
                    Error = Reason(folder, e),
                }
                : null;
        }
        catch (Exception e)
            when (e
                    is SatException
                        or JsonException
                        or IOException
                        or UnauthorizedAccessException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return new StoredRun
            {
                Folder = folder,
                Study = study,
                Id = folder.Name,
                Status = Damaged,
                Error = e is SatException ? e.Message : Reason(folder, e),
            };
        }
    }

    /// <summary>What the reader of whole records says of one that is no record, with its line; else what was found here.</summary>
    private static string Reason(RunFolder folder, Exception found)
    {
        try
        {
            folder.ReadRecord();
            return $"{folder.RecordFile} cannot be read: {found.Message}";
        }
        catch (SatException e)
        {
            return e.Message;
        }
    }

    /// <summary>Refuses a record that is not as it was written, or is not that of its folder, and metrics that are not its own.</summary>
    private static void Require(StoredRun run, JsonElement record, SealState seal)
    {
        var folder = run.Folder;
        // Without a checksum over all of it, the record must be held against itself.
        if (seal != SealState.Whole || (RunFolder.IsName(folder.Name) && !run.Id.StartsWith(folder.Name, StringComparison.Ordinal)))
            RunIntegrity.RequireMetrics(folder, folder.ReadRecord()!);
        else if (run.Status == "done" && record.TryGetProperty("outputs", out var outputs))
            RunIntegrity.Require(
                folder,
                outputs.EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString()!),
                folder.MetricsFile
            );
    }

    private static StoredRun Read(RunFolder folder, string study, JsonElement record)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(settings, "", record.GetProperty("spec"));
        settings.Remove("schema");
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (record.TryGetProperty("environment", out var conditions))
            Flatten(environment, "", conditions);
        return new StoredRun
        {
            Folder = folder,
            Study = study,
            Id = record.GetProperty("id").GetString()!,
            Status = record.GetProperty("status").GetString()!,
            Error = record.TryGetProperty("error", out var error) ? error.GetString() : null,
            Settings = settings,
            Environment = environment,
            Locations = record.TryGetProperty("locations", out var locations)
                ? locations.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString() ?? "")
                : new Dictionary<string, string>(),
            Code = environment
                .Where(e => e.Key.StartsWith(CodePrefix, StringComparison.Ordinal))
                .ToDictionary(e => e.Key[CodePrefix.Length..], e => e.Value),
            Metrics = record.TryGetProperty("final", out var final)
                ? final
                    .EnumerateObject()
                    .Where(m => m.Value.ValueKind == JsonValueKind.Number)
                    .ToDictionary(m => m.Name, m => m.Value.GetDouble())
                : new Dictionary<string, double>(),
            Started = record.TryGetProperty("started", out var started) ? started.GetDateTimeOffset() : null,
            Seconds = Number(record, "seconds"),
            ImagesPerSecond = Number(record, "images-per-second"),
            PeakMemoryBytes = Number(record, "peak-memory-bytes"),
            PeakDeviceMemoryBytes = Number(record, "peak-device-memory-bytes"),
        };
    }

    /// <summary>The value that a name stands for: <c>id</c>, <c>study</c>, <c>status</c>, <c>started</c>, a setting, a metric; null: it has
    /// none.</summary>
    public string? Value(string name) =>
        name switch
        {
            "id" => Id,
            "study" => Study,
            "status" => Status,
            "error" => Error,
            "started" => Started?.ToString("O", CultureInfo.InvariantCulture),
            "seconds" => Text(Seconds),
            "images-per-second" => Text(ImagesPerSecond),
            "peak-memory-bytes" => Text(PeakMemoryBytes),
            "peak-device-memory-bytes" => Text(PeakDeviceMemoryBytes),
            _ when Settings.TryGetValue(name, out var setting) => setting,
            _ when Metrics.TryGetValue(name, out var metric) => Text(metric),
            _ when Environment.TryGetValue(name, out var condition) => condition,
            _ => Locations.GetValueOrDefault(name),
        };

    private static string? Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private static double? Number(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>As <see cref="Records.Specs.SpecPath"/> names them: component options stand beside the id.</summary>
    private static void Flatten(SortedDictionary<string, string> into, string prefix, JsonElement map)
    {
        foreach (var entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Object)
                Flatten(into, entry.Name == "options" ? prefix : $"{prefix}{entry.Name}.", entry.Value);
            else
                into[prefix + entry.Name] =
                    entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
        }
    }
}
