using Sat.Sdk;

namespace TwoPlugins;

public sealed class First : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}

public sealed class Second : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}
