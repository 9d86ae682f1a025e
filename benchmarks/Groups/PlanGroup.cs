using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Benchmarks.Groups;

/// <summary>Large studies: planning, and looking at what is done.</summary>
internal sealed class PlanGroup : Group
{
    public override string Name => "plan";

    public override string Title => "Planning";

    public override string About =>
        """
        `plan` of a study of 10,000 runs (`benchmarks/studies/plan.yaml`), its list and all: with an empty output folder, and with one in which every
        run is done, so that 10,000 records are read.
        """;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.Seconds, "Time", "s", 1, MoreIsBetter: false, _ => new Target(2, OfRatio: false)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place)
    {
        var study = Workplace.Study("plan.yaml");
        var done = new Lazy<string>(() => Done(place, study));
        return
        [
            new Case("10,000 runs, none done", [new Subject("dotnet-sat", () => place.Tool("plan", study, "--out", Path.Combine(place.Folder, "empty")).Measures())]),
            new Case("10,000 runs, all done", [new Subject("dotnet-sat", () => place.Tool("plan", study, "--out", done.Value).Measures())]),
        ];
    }

    /// <summary>An output folder with a record of every planned run.</summary>
    private static string Done(Workplace place, string study)
    {
        var output = Path.Combine(place.Folder, "done");
        var plan = SatJson.Read<JsonObject>(place.Tool("plan", study, "--json", "--out", output).Output);
        Parallel.ForEach(plan["runs"]!.AsArray(), planned =>
        {
            var id = planned!["id"]!.GetValue<string>();
            var spec = SatJson.Read<RunSpec>(planned["spec"]!.ToJsonString());
            var folder = RunFolder.Of(output, id);
            Directory.CreateDirectory(folder.Path);
            File.WriteAllText(folder.RecordFile, SatJson.WriteIndented(new RunRecord
            {
                Id = id,
                Spec = spec,
                Status = RunStatus.Done,
                Started = DateTimeOffset.UnixEpoch,
                Ended = DateTimeOffset.UnixEpoch.AddHours(1),
                Seconds = 3600,
                ImagesPerSecond = 1000,
                Final = new Dictionary<string, double> { [MetricNames.Loss] = 0.5, [MetricNames.TestAccuracy] = 0.9 },
            }));
        });
        return output;
    }
}
