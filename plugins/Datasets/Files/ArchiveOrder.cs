namespace Sat.Datasets.Files;

enum ArchiveOrder
{
    Given,
    Shuffled,
}
