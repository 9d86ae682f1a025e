namespace Sat.Datasets.Stl;

/// <summary>What is trained on.</summary>
enum StlTraining
{
    Labeled,
    Unlabeled,
    All,
}
