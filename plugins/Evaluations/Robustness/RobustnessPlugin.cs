using Sat.Sdk;

namespace Sat.Evaluations.Robustness;

public sealed class RobustnessPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddEvaluation<PgdOptions>(
            "pgd",
            "Projected gradient descent: the share of test images that keep their class under a white-box attack on the cross entropy.",
            PgdEvaluation.Run,
            new()
            {
                Paper = "Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, arXiv 1706.06083",
                Metrics = RobustnessMetrics.OfPgd,
            }
        );
}
