using Sat.Sdk;

namespace Sat.Evaluations.Representations;

public sealed class RepresentationsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddEvaluation<KnnOptions>(
            "knn",
            "Nearest neighbours: each test image is given the class that the training images most similar to it vote for.",
            KnnEvaluation.Run,
            new() { Paper = "Wu et al.: arXiv 1805.01978, section 3.4" });
        registry.AddEvaluation<LinearOptions>(
            "linear-eval",
            "Linear evaluation: a linear classifier on the frozen backbone, its learning rate chosen on training images held out for that.",
            LinearEvaluation.Run,
            new() { Paper = "Grill et al.: arXiv 2006.07733, appendix C.1" });
    }
}
