using Sat.Sdk;

namespace Files;

public sealed class FilesPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<DistillationOptions>(
            "distillation",
            "The outputs of a teacher that was trained before, beside the given labels",
            (task, options) => new Distillation(task, options),
            new() { Paper = "arXiv 1503.02531, section 2" }
        );
        registry.AddMethod<TransitionOptions>(
            "known-transition",
            "Cross-entropy of predictions that are sent through a known matrix of label noise",
            (task, options) => new KnownTransition(task, options),
            new() { Paper = "arXiv 1609.03683, theorem 2" }
        );
    }
}
