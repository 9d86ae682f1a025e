namespace Sat.Datasets.Files.ImageNet;

/// <summary>Where a photo lies.</summary>
/// <param name="Name">Its name among the unpacked files: <c>train/CLASS/FILE</c>.</param>
/// <param name="Class">The WordNet id of its class.</param>
/// <param name="File">The file that holds it: an archive, or itself.</param>
/// <param name="Offset">Where it begins there, in bytes.</param>
/// <param name="Length">Its bytes; null: the file is the photo.</param>
sealed record Photo(string Name, string Class, string File, long Offset, long? Length);
