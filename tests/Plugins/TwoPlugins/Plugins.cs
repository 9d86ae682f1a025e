using Sat.Sdk;

namespace TwoPlugins;

public sealed class First : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}

#pragma warning disable SAT1012 // The tests load what another compiler let pass.
public sealed class Second : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}
