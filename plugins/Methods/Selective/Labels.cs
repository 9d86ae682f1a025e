using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Selective;

static class Labels
{
    /// <summary>The labels trained on, int64 [samples].</summary>
    /// <exception cref="SatException">There are none (exit code 2).</exception>
    public static Tensor Require(TrainingTask task) =>
        task.Labels
        ?? throw new SatException(
            ExitCode.Planning,
            "selective classification needs labels, and this dataset has none: choose a labelled dataset, or a method that needs no labels."
        );
}
