using Sat.Methods.Peers.CoTeaching;
using Sat.Methods.Peers.DivideMix;
using Sat.Methods.Peers.Losses;
using Sat.Records.Metrics;
using Sat.Sdk;

namespace Sat.Methods.Peers;

public sealed class PeersPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        AddLosses(registry);
        registry.AddMethod<MixupOptions>(
            "mixup",
            "mixup: cross entropy on weighted means of two images and of their labels.",
            (task, options) => new Mixup(task, options),
            new() { Paper = "Zhang et al.: mixup: Beyond Empirical Risk Minimization, ICLR 2018, arXiv 1710.09412, section 2" }
        );
        registry.AddMethod<ElrOptions>(
            "elr",
            "Early-learning regularisation: cross entropy, and a reward for staying with the running mean of earlier predictions.",
            (task, options) => new EarlyLearningRegularization(task, options),
            new()
            {
                Paper =
                    "Liu et al.: Early-Learning Regularization Prevents Memorization of Noisy Labels, NeurIPS 2020, arXiv 2007.00151, equation 7",
            }
        );
        registry.AddMethod<CoTeachingOptions>(
            "co-teaching",
            "Co-teaching: two networks, each trained on the samples of a batch that the other finds easiest.",
            (task, options) => new CoTeachingMethod(task, options),
            new()
            {
                Paper =
                    "Han et al.: Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels, NeurIPS 2018, arXiv 1804.06872, Algorithm 1",
            }
        );
        registry.AddMethod<DivideMixOptions>(
            "dividemix",
            "DivideMix: two networks, each of which tells the other which labels to keep; the other samples it trains on without labels.",
            (task, options) => new DivideMixMethod(task, options),
            new()
            {
                Paper =
                    "Li, Socher, Hoi: DivideMix: Learning with Noisy Labels as Semi-supervised Learning, ICLR 2020, arXiv 2002.07394, Algorithm 1",
                Metrics =
                [
                    new()
                    {
                        Name = "labelled-share",
                        Title = "samples that keep their labels",
                        Unit = MetricUnit.Share,
                    },
                ],
            }
        );
    }

    static void AddLosses(IPluginRegistry registry)
    {
        registry.AddMethod<GceOptions>(
            "gce",
            "Generalised cross entropy: a loss between cross entropy and mean absolute error.",
            (task, options) => new GeneralizedCrossEntropy(task, options),
            new()
            {
                Paper =
                    "Zhang, Sabuncu: Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels, NeurIPS 2018, arXiv 1805.07836, equation 6",
            }
        );
        registry.AddMethod<SceOptions>(
            "sce",
            "Symmetric cross entropy: cross entropy, and the same with prediction and label exchanged.",
            (task, options) => new SymmetricCrossEntropy(task, options),
            new()
            {
                Paper =
                    "Wang et al.: Symmetric Cross Entropy for Robust Learning with Noisy Labels, ICCV 2019, arXiv 1908.06112, equation 7",
            }
        );
        registry.AddMethod<BootstrapOptions>(
            "bootstrap",
            "Bootstrapping: cross entropy on a fixed mixture of the given label and the model's own prediction.",
            (task, options) => new Bootstrapping(task, options),
            new() { Paper = "Reed et al.: Training Deep Neural Networks on Noisy Labels with Bootstrapping, 2014, arXiv 1412.6596" }
        );
        registry.AddMethod<ForwardCorrectionOptions>(
            "forward-correction",
            "Forward loss correction: cross entropy of predictions that are sent through known symmetric label noise first.",
            (task, options) => new ForwardCorrection(task, options),
            new()
            {
                Paper =
                    "Patrini et al.: Making Deep Neural Networks Robust to Label Noise: a Loss Correction Approach, CVPR 2017, arXiv 1609.03683, Theorem 2",
            }
        );
    }
}
