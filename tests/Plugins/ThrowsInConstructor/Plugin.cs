using Sat.Sdk;

namespace ThrowsInConstructor;

public sealed class Plugin : IPlugin
{
    public Plugin() => throw new InvalidOperationException("the moon is full");

    public void Register(IPluginRegistry registry) { }
}
