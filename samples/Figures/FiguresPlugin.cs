using Sat.Records.Metrics;
using Sat.Sdk;

namespace Figures;

public sealed class FiguresPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<LossesOptions>(
            "losses",
            "Cross-entropy that keeps each sample's loss, and shows how they are spread",
            (task, options) => new Losses(task, options)
        );
        registry.AddEvaluation<CalibrationOptions>(
            "calibration",
            "How far confidence is from accuracy on the test set, overall and class by class",
            Calibration.Measure,
            new()
            {
                NeedsClassifier = true,
                Metrics =
                [
                    new()
                    {
                        Name = "calibration-error",
                        Title = "expected calibration error",
                        Unit = MetricUnit.Share,
                        Better = MetricDirection.Lower,
                        IsMain = true,
                    },
                ],
            }
        );
    }
}
