using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The runs of a document: by setting and cell, and those that did not finish by their reason.</summary>
internal sealed partial class RunViews
{
    private readonly ResultsDocument _document;
    private readonly Dictionary<string, SettingResult> _settings;
    private readonly Dictionary<string, string> _mains;
    private readonly Dictionary<string, RunView> _views;
    private readonly Measures _measures;

    public RunViews(ResultsDocument document, Measures measures)
    {
        (_document, _measures) = (document, measures);
        _settings = document.Settings.ToDictionary(s => s.Id);
        var cells = document.Cells.ToDictionary(c => c.Id);
        _mains = document.Cells.GroupBy(c => c.Setting).ToDictionary(g => g.Key, g => measures.Shown([.. g]));
        _views = document.Runs.ToDictionary(r => r.Id, r => View(r, cells[r.Cell], _mains[cells[r.Cell].Setting]));
    }

    /// <summary>Where the runs of a cell are listed.</summary>
    public static string Anchor(CellResult cell) => "runs-of-" + cell.Id[..Math.Min(RunFolder.NameLength, cell.Id.Length)];

    public IReadOnlyList<SettingRunsView> BySetting()
    {
        var runs = _document.Runs.ToDictionary(r => r.Id);
        return
        [
            .. _document
                .Cells.GroupBy(c => c.Setting)
                .Select(setting => new SettingRunsView(
                    _settings[setting.Key].Title,
                    _measures.Title(_mains[setting.Key]),
                    Count.Of(setting.Sum(c => c.Runs.Count), "run"),
                    [
                        .. setting.Select(c => new CellRunsView(
                            Anchor(c),
                            $"{c.Method} {NoiseWords.Under(c.Noise)}",
                            Spec(runs[c.Runs[0]].Spec),
                            [.. c.Runs.Select(r => _views[r])]
                        )),
                    ]
                )),
        ];
    }

    /// <summary>Most frequent reasons first. Reasons that differ only by a number are one.</summary>
    public IReadOnlyList<UnfinishedView> Unfinished() =>
        [
            .. _document
                .Runs.Where(r => r.State != RunStanding.Done)
                .GroupBy(r => (r.State, Why: Digits().Replace(r.Error ?? "", "…")))
                .OrderByDescending(g => g.Count())
                .Select(g => new UnfinishedView(
                    BadgeView.For(g.Key.State),
                    Count.Of(g.Count(), "run"),
                    g.Select(r => r.Error).Distinct().Count() == 1 ? g.First().Error ?? "" : g.Key.Why,
                    [.. g.Select(r => _views[r.Id])]
                )),
        ];

    private RunView View(RunResult run, CellResult cell, string main)
    {
        var environment = run.Environment is { } at ? _document.Environments[at].Environment : null;
        return new RunView
        {
            Id = run.Id[..RunFolder.NameLength],
            Folder = run.State == RunStanding.Missing ? "" : run.Id[..RunFolder.NameLength] + "/",
            SuspectsFile = run.Suspects is null ? "" : $"{run.Id[..RunFolder.NameLength]}/labels.csv",
            Suspects = run.Suspects is { } suspects ? Count.Of(suspects, "suspected wrong label") : "",
            State = _measures.Alarm(run) is { } alarm ? BadgeView.For(alarm) : BadgeView.For(run.State),
            Setting = _settings[cell.Setting].Title,
            Noise = cell.Noise,
            Method = cell.Method,
            Seed = run.Seed.ToString(CultureInfo.InvariantCulture),
            Epochs =
                FormattableString.Invariant($"{run.Epochs} of {run.Spec.Training.Epochs}")
                + (run.Selected is { } selected ? FormattableString.Invariant($", epoch {selected.Epoch} chosen") : ""),
            Accuracy = run.Final is not null && run.Final.TryGetValue(main, out var accuracy) ? _measures.Text(main, accuracy) : "–",
            Time = run.Seconds is { } seconds ? Format.Duration(seconds) : "–",
            Speed = run.ImagesPerSecond is { } speed ? Format.Whole(speed) : "–",
            Memory = Memory(run),
            Hardware = environment is null ? "–" : Hardware(environment),
            Error = run.Error ?? "",
            Command = run.Command ?? "",
            Derived = run.Derived is { Count: > 0 } derived
                ? string.Join(", ", derived.Select(d => $"{d.Key} {(d.Value is null ? "none" : CanonicalJson.Write(d.Value))}"))
                : "",
        };
    }

    private static string Spec(RunSpec spec) => SatJson.WriteIndented(spec).TrimEnd();

    private static string Memory(RunResult run)
    {
        var host = run.PeakMemoryBytes is { } bytes ? Format.Bytes(bytes) : "–";
        return run.PeakDeviceMemoryBytes is { } card ? $"{host}, card {Format.Bytes(card)}" : host;
    }

    private static string Hardware(RunEnvironment e)
    {
        var device = e.Device.StartsWith("cpu", StringComparison.Ordinal)
            ? $"{e.Cpu ?? e.Device}, {Count.Of(e.Threads, "thread")}"
            : e.Device;
        return e.Machine is { } machine ? $"{machine}: {device}" : device;
    }

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
