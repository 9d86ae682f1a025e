using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>How long a user waits for the least that the tool can do.</summary>
internal sealed class StartupGroup : Group
{
    public override string Name => "startup";

    public override string Title => "Start-up";

    public override string About =>
        """
            From the start of the process to its end, with files in the system's cache. `dotnet-sat` is the packed tool, installed with
            `dotnet tool install`; `dotnet sat` finds it on the path, and includes the time that `dotnet` itself takes.
            """;

    public override double Minutes => 0.2;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.Seconds, "Time", "ms", 1e-3, MoreIsBetter: false, name =>
            Measuring.Cases.Given.Startup.FirstOrDefault(c => NameOf(c) == name) is { } found
                ? new Target(found.Milliseconds, OfRatio: false)
                : null
        ),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        Measuring.Cases.Given.Startup.Select(c => new Case(
            NameOf(c),
            [new Subject("dotnet-sat", () => place.RunNamed(c.Command).Measures())]
        ));

    private static string NameOf(StartupCase call) => string.Join(' ', call.Command);
}
