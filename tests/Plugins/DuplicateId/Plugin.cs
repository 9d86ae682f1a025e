using Sat.Records.Options;
using Sat.Sdk;

namespace DuplicateId;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddSchedule<NoOptions>("flat", "One", _ => new Flat());
#pragma warning disable SAT1010 // The tests load what another compiler let pass.
        registry.AddSchedule<NoOptions>("flat", "The same again", _ => new Flat());
    }
}

internal sealed class Flat : ISchedule
{
    public double Factor(TrainingTime time) => 1;
}
