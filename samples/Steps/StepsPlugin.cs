using Sat.Sdk;

namespace Steps;

public sealed class StepsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<SamOptions>(
            "sam",
            "Cross-entropy where it is largest nearby: two gradients a step",
            (task, options) => new Sam(task, options),
            new() { Paper = "arXiv 2010.01412, Algorithm 1" }
        );
        registry.AddMethod<AlternatingOptions>(
            "alternating",
            "Cross-entropy; the head learns in some steps, the backbone in the others",
            (task, options) => new Alternating(task, options)
        );
        registry.AddMethod<ClippedOptions>(
            "clipped",
            "Cross-entropy with gradients of bounded length",
            (task, options) => new Clipped(task, options),
            new() { Paper = "arXiv 1211.5063, Algorithm 1" }
        );
        registry.AddMethod<LayerwiseOptions>("layerwise", "Cross-entropy; the backbone learns slower than the head", (task, options) =>
            new Layerwise(task, options)
        );
        registry.AddOptimizer<LookaheadOptions>(
            "lookahead",
            "SGD whose weights return, every few steps, to a slower copy of them",
            Lookahead.Create,
            new() { Paper = "arXiv 1907.08610, Algorithm 1" }
        );
    }
}
