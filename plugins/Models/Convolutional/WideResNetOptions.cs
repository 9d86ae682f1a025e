using Sat.Records.Options;

namespace Sat.Models.Convolutional;

sealed record WideResNetOptions
{
    [Option("Layers (d), which gives (d - 4) / 6 blocks a stage.", Min = 10, Max = 1000, MultipleOf = 6, Remainder = 4)]
    public int Depth { get; init; } = 28;

    [Option("Widen factor (k): the stages have 16k, 32k and 64k channels.", Min = 1, Max = 64)]
    public int WidenFactor { get; init; } = 10;
}
