namespace Sat.Models.Convolutional;

/// <summary>What the stages of a residual network are made of.</summary>
enum Block
{
    /// <summary><see cref="BasicBlock"/>.</summary>
    Basic,

    /// <summary><see cref="Convolutional.Bottleneck"/>, which has four times as many channels outside as within.</summary>
    Bottleneck,
}
