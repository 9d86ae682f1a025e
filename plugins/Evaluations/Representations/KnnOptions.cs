using Sat.Records.Options;

namespace Sat.Evaluations.Representations;

sealed record KnnOptions
{
    [Option("Neighbours that vote; all training images if there are fewer.", Min = 1)]
    public int K { get; init; } = 200;

    [Option("Temperature T: a neighbour of cosine similarity s votes with exp(s / T).", Min = 0, AboveMin = true)]
    public double Temperature { get; init; } = 0.1;
}
