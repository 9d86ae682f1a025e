using Sat.Methods.SelfSupervised.Measures;
using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Methods.SelfSupervised;

public sealed class SelfSupervisedPlugin : IPlugin
{
    const string BootstrapPaper = "Grill et al.: Bootstrap Your Own Latent, NeurIPS 2020, arXiv 2006.07733, section 3";
    const string AdaptivePaper =
        "Huang, Zhang, Zhang: Self-Adaptive Training: Bridging Supervised and Self-Supervised Learning, TPAMI 2022, arXiv 2101.08732";

    const string Unsourced =
        "neither the code nor the settings of the self-supervised algorithm were available: the target update of supervised self-adaptive training "
        + "is applied to representations, and the rest follows BYOL (docs/self-supervised.md lists every choice). There is no published value to compare it with.";

    const string OtherData =
        "published for ImageNet at 224 x 224; sizes, momentum and schedules for small images follow the maintained libraries' recipes (docs/self-supervised.md lists every choice).";

    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<ByolOptions>(
            "byol",
            "BYOL: an online network predicts a momentum encoder's output for another view of the image.",
            (task, options) => new Byol(task, options),
            new()
            {
                Paper = BootstrapPaper,
                Interpretation = OtherData,
                NormalizesByBatch = true,
                Classifies = false,
                Metrics = CollapseMeter.Schemas,
            }
        );
        registry.AddMethod<AdaptiveOptions>(
            "byol-sat",
            "BYOL with self-adaptive targets: per sample and direction, a moving average of the momentum encoder's outputs.",
            (task, options) => new AdaptiveTargets(task, options, views: 2),
            new()
            {
                Paper = AdaptivePaper,
                Interpretation = Unsourced,
                NormalizesByBatch = true,
                Classifies = false,
                Metrics = CollapseMeter.Schemas,
            }
        );
        registry.AddMethod<AdaptiveOptions>(
            "sat-ssl",
            "Self-supervised self-adaptive training on a single view: the target is, per sample, the moving average of the momentum encoder's outputs for the same view.",
            (task, options) => new AdaptiveTargets(task, options, views: 1),
            new()
            {
                Paper = AdaptivePaper,
                Interpretation = Unsourced,
                NormalizesByBatch = true,
                Classifies = false,
                Metrics = CollapseMeter.Schemas,
            }
        );
        registry.AddMethod<RegressionOptions>(
            "random-target",
            "Regression onto the outputs of a second network with random weights that never change: the control for methods that bootstrap.",
            (task, options) => new RandomTargets(task, options),
            new()
            {
                Paper = BootstrapPaper,
                NormalizesByBatch = true,
                Classifies = false,
                Metrics = CollapseMeter.Schemas,
                Interpretation =
                    "the papers report such a control without its settings: here network, views and predictor are BYOL's, and the random network has its own weights.",
            }
        );
        registry.AddMethod<NoOptions>(
            "untrained",
            "No training at all: the backbone with its initial weights, as a baseline for evaluations of trained ones.",
            (task, _) => new Untrained(task),
            new() { Classifies = false, Metrics = CollapseMeter.Schemas }
        );
        registry.AddMethod<SimSiamOptions>(
            "simsiam",
            "SimSiam: one encoder and a predictor, with no gradient through the other view; neither a momentum encoder nor negative pairs.",
            (task, options) => new SimSiam(task, options),
            new()
            {
                Paper = "Chen, He: Exploring Simple Siamese Representation Learning, CVPR 2021, arXiv 2011.10566, Algorithm 1",
                NormalizesByBatch = true,
                Classifies = false,
                Metrics = CollapseMeter.Schemas,
                Interpretation =
                    "the predictor's learning rate follows the schedule like every other, where the paper can keep it constant.",
            }
        );
    }
}
