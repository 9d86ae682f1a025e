using Sat.Sdk;

namespace EarlyStopping;

public sealed class EarlyStoppingPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddMethod<PatienceOptions>(
            "early-stopping",
            "Cross-entropy until the accuracy on held-out samples rises no more; the best epoch is the result",
            (task, options) => new Patient(task, options)
        );
}
