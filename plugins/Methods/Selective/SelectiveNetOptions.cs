using Sat.Records.Options;

namespace Sat.Methods.Selective;

/// <summary>Options of SelectiveNet; the defaults are the paper's.</summary>
sealed record SelectiveNetOptions
{
    [Option("Share of the samples that are to be covered (c).", Min = 0, Max = 1, AboveMin = true)]
    public double Coverage { get; init; } = 0.8;

    [Option("Weight of the penalty for covering less than that (lambda).", Min = 0)]
    public double Lambda { get; init; } = 32;

    [Option("Weight of the selective loss; the auxiliary head's cross entropy has the rest (alpha).", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.5;

    [Option("Units of the hidden layer of the selection head; 0: it is one linear layer.", Min = 0)]
    public int SelectionHidden { get; init; } = 512;
}
