namespace Sat.Noise.Standard;

/// <summary>What the values of a label file are.</summary>
enum LabelValues
{
    Names,
    Numbers,
}
