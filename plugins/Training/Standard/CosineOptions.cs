using Sat.Records.Options;

namespace Sat.Training.Standard;

sealed record CosineOptions
{
    [Option("How often the learning rate is set: once an epoch, as in the SAT papers, or at each step.")]
    public CosineUnit Per { get; init; }

    [Option("The factor that the curve falls to.", Min = 0, Max = 1)]
    public double Minimum { get; init; }
}
