using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Methods.Supervised;

public sealed class SupervisedPlugin : IPlugin
{
    const string Algorithm =
        "Huang, Zhang, Zhang: Self-Adaptive Training: beyond Empirical Risk Minimization, NeurIPS 2020, arXiv 2002.10319, Algorithm 1";

    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<NoOptions>("erm", "Empirical risk minimisation: cross entropy on the given labels.", (task, _) =>
            new EmpiricalRiskMinimization(task)
        );
        registry.AddMethod<SatOptions>(
            "sat",
            "Self-adaptive training: cross entropy on targets that move from the given labels towards the model's own predictions.",
            (task, options) => new SelfAdaptiveTraining(task, options),
            new() { Paper = Algorithm }
        );
        registry.AddMethod<SatSceOptions>(
            "sat-sce",
            "Self-adaptive training with symmetric cross entropy in place of cross entropy.",
            (task, options) => new SymmetricSelfAdaptiveTraining(task, options),
            new() { Paper = Algorithm + "; symmetric cross entropy: arXiv 1908.06112, equation 7" }
        );
    }
}
