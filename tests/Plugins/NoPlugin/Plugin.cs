using Sat.Sdk;

namespace NoPlugin;

/// <summary>Forgotten: <c>public</c>.</summary>
internal sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) { }
}
