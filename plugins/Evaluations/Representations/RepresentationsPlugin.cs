using Sat.Records.Metrics;
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
            new()
            {
                Paper = "Wu et al.: arXiv 1805.01978, section 3.4",
                Metrics = [Accuracy("knn-top1", "nearest-neighbour accuracy") with { IsMain = true }],
            }
        );
        registry.AddEvaluation<LinearOptions>(
            "linear-eval",
            "Linear evaluation: a linear classifier on the frozen backbone, with a learning rate chosen on held-out training images.",
            LinearEvaluation.Run,
            new()
            {
                Paper = "Grill et al.: arXiv 2006.07733, appendix C.1",
                Metrics =
                [
                    Accuracy("linear-top1", "linear evaluation, top-1 accuracy") with
                    {
                        IsMain = true,
                    },
                    Accuracy("linear-top5", "linear evaluation, top-5 accuracy"),
                    Accuracy("linear-held-out-top1", "linear evaluation, top-1 accuracy on held-out training images"),
                    new() { Name = "linear-learning-rate", Title = "linear evaluation, learning rate chosen" },
                ],
            }
        );
    }

    static MetricSchema Accuracy(string name, string title) =>
        new()
        {
            Name = name,
            Title = title,
            Unit = MetricUnit.Share,
            Better = MetricDirection.Higher,
        };
}
