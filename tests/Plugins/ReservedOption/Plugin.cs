using Sat.Records.Options;
using Sat.Sdk;

namespace ReservedOption;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) => registry.AddSchedule<Options>("flat", "One", _ => new Flat());
}

public sealed record Options
{
#pragma warning disable SAT1005 // The tests load what another compiler let pass.
    [Option("A name that studies use for the component itself")]
    public string Id { get; init; } = "";
}

internal sealed class Flat : ISchedule
{
    public double Factor(TrainingTime time) => 1;
}
