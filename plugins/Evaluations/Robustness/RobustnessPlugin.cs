using Sat.Evaluations.Robustness.Corruptions;
using Sat.Sdk;

namespace Sat.Evaluations.Robustness;

public sealed class RobustnessPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddEvaluation<PgdOptions>(
            "pgd",
            "Projected gradient descent: the share of test images that keep their class under a white-box attack on the cross entropy.",
            PgdEvaluation.Run,
            new()
            {
                Paper = "Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, arXiv 1706.06083",
                NeedsClassifier = true,
                Metrics = RobustnessMetrics.OfPgd,
            }
        );
        registry.AddEvaluation<AutoAttackOptions>(
            "autoattack",
            "AutoAttack: the share of test images that keep their class under APGD-CE, APGD-T, FAB-T and Square, one after the other.",
            AutoAttackEvaluation.Run,
            new()
            {
                Paper =
                    "Croce, Hein: Reliable Evaluation of Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks, ICML 2020, arXiv 2003.01690; FAB: arXiv 1907.02044; Square: arXiv 1912.00049",
                NeedsClassifier = true,
                Metrics = RobustnessMetrics.OfAutoAttack,
            }
        );
        registry.AddEvaluation<CorruptionsOptions>(
            "corruptions",
            "Common corruptions: the accuracy on corrupted test images, by corruption and severity, and the mean error.",
            CorruptionsEvaluation.Run,
            new()
            {
                Paper =
                    "Hendrycks, Dietterich: Benchmarking Neural Network Robustness to Common Corruptions and Perturbations, ICLR 2019, arXiv 1903.12261",
                NeedsClassifier = true,
                Metrics = CorruptionsMetrics.Declared,
            }
        );
    }
}
