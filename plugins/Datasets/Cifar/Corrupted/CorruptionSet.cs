namespace Sat.Datasets.Cifar.Corrupted;

enum CorruptionSet
{
    /// <summary>The fifteen of the benchmark.</summary>
    Common,

    /// <summary>These and the four that are meant for choosing settings.</summary>
    All,
}
