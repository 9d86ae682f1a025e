namespace Sat.Datasets.Cifar;

enum CifarLabels
{
    Fine,
    Coarse,
}
