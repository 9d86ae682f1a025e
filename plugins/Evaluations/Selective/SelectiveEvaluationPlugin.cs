using Sat.Sdk;

namespace Sat.Evaluations.Selective;

public sealed class SelectiveEvaluationPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddEvaluation<SelectiveEvaluationOptions>(
            "selective",
            "Selective classification: the error among the samples that the classifier does not abstain from, at each coverage.",
            SelectiveEvaluation.Run,
            new()
            {
                Paper =
                    "Huang, Zhang, Zhang: arXiv 2101.08732, selective classification; AURC: Geifman, Uziel, El-Yaniv, arXiv 1805.08206; MC-dropout: Geifman, El-Yaniv, arXiv 1705.08500",
                NeedsClassifier = true,
                Metrics = SelectiveMetrics.Declared,
            }
        );
}
