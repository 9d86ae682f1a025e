namespace Sat.Datasets.Files.ImageNet;

/// <summary>Where a file of an archive lies.</summary>
/// <param name="Name">Its name; that of a file in an archive within has the inner archive's name before it: <c>INNER/FILE</c>.</param>
/// <param name="Offset">Its first byte in the archive.</param>
/// <param name="Length">Bytes.</param>
readonly record struct TarPlace(string Name, long Offset, long Length);
