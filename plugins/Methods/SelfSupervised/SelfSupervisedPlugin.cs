using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Methods.SelfSupervised;

public sealed class SelfSupervisedPlugin : IPlugin
{
    const string BootstrapPaper = "Grill et al.: Bootstrap Your Own Latent, NeurIPS 2020, arXiv 2006.07733, section 3";
    const string AdaptivePaper = "Huang, Zhang, Zhang: Self-Adaptive Training: Bridging Supervised and Self-Supervised Learning, TPAMI 2022, arXiv 2101.08732";

    const string Unsourced =
        "no source for the self-supervised algorithm was at hand, neither code nor its settings: the target update of supervised self-adaptive training "
        + "is carried over to representations, and the rest follows BYOL (docs/self-supervised.md lists every choice). It has no published value to be held against.";

    const string OtherData =
        "published for ImageNet at 224 x 224; sizes, momentum and schedules for small images follow the maintained libraries' recipes (docs/self-supervised.md lists every choice).";

    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<ByolOptions>(
            "byol",
            "BYOL: an online network predicts what a momentum encoder makes of another view of the image.",
            (task, options) => new Byol(task, options),
            new() { Paper = BootstrapPaper, Interpretation = OtherData, NormalizesByBatch = true });
        registry.AddMethod<AdaptiveOptions>(
            "byol-sat",
            "BYOL with self-adaptive targets: per sample and direction, the moving average of the momentum encoder's outputs.",
            (task, options) => new AdaptiveTargets(task, options, views: 2),
            new() { Paper = AdaptivePaper, Interpretation = Unsourced, NormalizesByBatch = true });
        registry.AddMethod<AdaptiveOptions>(
            "sat-ssl",
            "Self-supervised self-adaptive training on a single view: per sample, the moving average of the momentum encoder's outputs on the view that is learned from.",
            (task, options) => new AdaptiveTargets(task, options, views: 1),
            new() { Paper = AdaptivePaper, Interpretation = Unsourced, NormalizesByBatch = true });
        registry.AddMethod<RegressionOptions>(
            "random-target",
            "Regression onto the outputs of a second network with random weights that never change: the control for methods that bootstrap.",
            (task, options) => new RandomTargets(task, options),
            new()
            {
                Paper = BootstrapPaper,
                NormalizesByBatch = true,
                Interpretation = "the papers report such a control without its settings: network, views and predictor are those of BYOL here, and the random network has weights of its own.",
            });
        registry.AddMethod<NoOptions>(
            "untrained",
            "No training at all: the backbone with the weights that it begins with, which evaluations of trained ones are held against.",
            (task, _) => new Untrained(task));
        registry.AddMethod<SimSiamOptions>(
            "simsiam",
            "SimSiam: one encoder and a predictor, with the gradient stopped on the other view's side; neither momentum encoder nor negative pairs.",
            (task, options) => new SimSiam(task, options),
            new()
            {
                Paper = "Chen, He: Exploring Simple Siamese Representation Learning, CVPR 2021, arXiv 2011.10566, Algorithm 1",
                NormalizesByBatch = true,
                Interpretation = "the predictor's learning rate follows the schedule like every other, where the paper can keep it constant.",
            });
    }
}
