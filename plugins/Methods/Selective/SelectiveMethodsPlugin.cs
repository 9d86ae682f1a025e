using Sat.Sdk;

namespace Sat.Methods.Selective;

public sealed class SelectiveMethodsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<SatSelectiveOptions>(
            "sat-selective",
            "Self-adaptive training with an abstention output, which gets what a sample's target takes from its label.",
            (task, options) => new SelectiveSelfAdaptiveTraining(task, options),
            new() { Paper = "Huang, Zhang, Zhang: arXiv 2101.08732, selective classification; NeurIPS 2020, arXiv 2002.10319, section 5" }
        );
        registry.AddMethod<DeepGamblersOptions>(
            "deep-gamblers",
            "Deep Gamblers: an abstention output that pays a sure reward, where a right class pays more.",
            (task, options) => new DeepGamblers(task, options),
            new() { Paper = "Liu et al.: Deep Gamblers: Learning to Abstain with Portfolio Theory, NeurIPS 2019, arXiv 1907.00208" }
        );
        registry.AddMethod<SelectiveNetOptions>(
            "selectivenet",
            "SelectiveNet: a head that selects samples, trained with the classifier for a coverage.",
            (task, options) => new SelectiveNet(task, options),
            new() { Paper = "Geifman, El-Yaniv: SelectiveNet, ICML 2019, arXiv 1901.09192, equations 2 to 5", NormalizesByBatch = true }
        );
    }
}
