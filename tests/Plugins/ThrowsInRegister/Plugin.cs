using Sat.Sdk;

namespace ThrowsInRegister;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) => throw new InvalidOperationException("the stars are wrong");
}
