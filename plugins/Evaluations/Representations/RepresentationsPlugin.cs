using Sat.Sdk;

namespace Sat.Evaluations.Representations;

public sealed class RepresentationsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddEvaluation<KnnOptions>(
            "knn",
            "Nearest neighbours: each test image gets the class that the most similar training images vote for.",
            KnnEvaluation.Run,
            new() { Paper = "Wu et al.: arXiv 1805.01978, section 3.4" }
        );
        registry.AddEvaluation<LinearOptions>(
            "linear-eval",
            "Linear evaluation: a linear classifier on the frozen backbone, with a learning rate chosen on held-out training images.",
            LinearEvaluation.Run,
            new() { Paper = "Grill et al.: arXiv 2006.07733, appendix C.1" }
        );
    }
}
