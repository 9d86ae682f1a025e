using Sat.Sdk;

namespace NoPlugin;

/// <summary>Forgotten: <c>public</c>.</summary>
#pragma warning disable SAT1011 // The tests load what another compiler let pass.
internal sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}
