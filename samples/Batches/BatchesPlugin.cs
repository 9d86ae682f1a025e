using Sat.Sdk;

namespace Batches;

public sealed class BatchesPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<CurriculumOptions>(
            "curriculum",
            "Cross-entropy on the samples that are easy so far, and on more of them from epoch to epoch",
            (task, options) => new Curriculum(task, options)
        );
        registry.AddMethod<FixMatchOptions>(
            "fixmatch",
            "Cross-entropy on a few labelled samples, and agreement between two views of all",
            (task, options) => new FixMatch(task, options),
            new() { Paper = "arXiv 2001.07685, Algorithm 1" }
        );
        registry.AddMethod<SmallLossOptions>("small-loss", "Cross-entropy on the samples whose loss is smallest", (task, options) =>
            new SmallLoss(task, options)
        );
    }
}
