namespace Sat.Datasets.Files;

enum ImageLoading
{
    Resident,
    Streamed,
}
