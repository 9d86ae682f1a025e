using Sat.Records.Options;

namespace Sat.Models.Convolutional;

sealed record WideResNetOptions
{
    [Option("Layers (d): 4 more than a multiple of 6, which gives (d - 4) / 6 blocks a stage.", Min = 10, Max = 1000)]
    public int Depth { get; init; } = 28;

    [Option("Widen factor (k): the stages have 16k, 32k and 64k channels.", Min = 1, Max = 64)]
    public int WidenFactor { get; init; } = 10;
}
