using Sat.Benchmarks.Measuring;
using Sat.SyntheticSweeps;

namespace Sat.Benchmarks.Groups;

/// <summary>Large reports.</summary>
internal sealed class ReportGroup : Group
{
    private const int Runs = 1000;
    private const int Epochs = 200;

    public override string Name => "report";

    public override string Title => "Report";

    public override string About =>
        """
            `report` of a synthetic output folder (`tests/SyntheticSweeps`): 1,000 runs of 200 epochs, in cells of five seeds, compared with the published values of
            label noise; HTML, Markdown, CSV and JSON.
            """;

    public override double Minutes => 0.8;

    public override IReadOnlyList<Measure> Measures { get; } =
    [new(MeasureNames.Seconds, "Time", "s", 1, MoreIsBetter: false, _ => new Target(5, OfRatio: false)), Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place)
    {
        var folder = new Lazy<string>(() =>
        {
            var output = Path.Combine(place.Folder, "report");
            SyntheticSweep.Write(output, Runs, Epochs);
            return output;
        });
        return [new Case("1,000 runs", [new Subject("dotnet-sat", () => place.Tool("report", folder.Value).Measures())])];
    }
}
