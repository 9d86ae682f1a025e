using Sat.Records;
using Sat.Sdk;

namespace Sat.Methods.Peers.Labelled;

static class GivenLabels
{
    /// <summary>Makes sure that there are labels to train on.</summary>
    /// <exception cref="SatException">There are none (exit code 2).</exception>
    public static void Require(TrainingTask task)
    {
        if (task.Labels is null)
        {
            throw new SatException(
                ExitCode.Planning,
                "learning with wrong labels needs labels, and this dataset has none: choose a labelled dataset, or a method that needs no labels."
            );
        }
    }
}
