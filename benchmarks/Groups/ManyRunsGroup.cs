using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Benchmarks.Groups;

/// <summary>Large studies: planning them, and looking at what is done.</summary>
internal sealed class ManyRunsGroup : Group
{
    private const string Verify = "runs verify --records";

    public override string Name => "many";

    public override string Title => "Many runs";

    public override string About =>
        """
            `plan` of a study of 10,000 runs (`benchmarks/studies/plan.yaml`), including the list: with an empty output folder, and with one in which every
            run is done, so that it reads 10,000 records as full as those of real runs; `runs list` of that folder, all 10,000 lines; and
            `runs verify --records` of it, which checks each record and its metrics.
            """;

    public override double Minutes => 1;

    public override IReadOnlyList<Measure> Measures { get; } =
    [new(MeasureNames.Seconds, "Time", "s", 1, MoreIsBetter: false, c => new Target(c == Verify ? 10 : 2, OfRatio: false)), Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place)
    {
        var study = Workplace.Study("plan.yaml");
        var done = new Lazy<string>(() => Done(place, study));
        return
        [
            new Case(
                "plan, none done",
                [
                    new Subject("dotnet-sat", () =>
                        place.Tool("plan", study, "--no-calibrate", "--out", Path.Combine(place.Folder, "empty")).Measures()
                    ),
                ]
            ),
            new Case(
                "plan, all done",
                [new Subject("dotnet-sat", () => place.Tool("plan", study, "--no-calibrate", "--out", done.Value).Measures())]
            ),
            new Case("runs list", [new Subject("dotnet-sat", () => place.Tool("runs", "list", "--in", done.Value).Measures())]),
            new Case(Verify, [new Subject("dotnet-sat", () => place.Tool("runs", "verify", "--records", "--in", done.Value).Measures())]),
        ];
    }

    /// <summary>An output folder with a record of every planned run, as full as that of a run that was made.</summary>
    private static string Done(Workplace place, string study)
    {
        var run = EngineRun.Sweep(place, "overhead.yaml", 1, ["seed=1"]).Run;
        var made = run.ReadRecord()!;
        var output = place.EmptyOutput("done");
        var plan = SatJson.Read<JsonObject>(place.Tool("plan", study, "--json", "--out", output).Output);
        Parallel.ForEach(plan["runs"]!.AsArray(), planned =>
        {
            var id = planned!["id"]!.GetValue<string>();
            var folder = RunFolder.For(output, id);
            Directory.CreateDirectory(folder.Path);
            File.Copy(run.MetricsFile, folder.MetricsFile);
            using var record = File.Create(folder.RecordFile);
            SealedJson.Write(record, made with { Id = id, Spec = SatJson.Read<RunSpec>(planned["spec"]!.ToJsonString()) });
        });
        return output;
    }
}
