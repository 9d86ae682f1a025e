namespace Sat.Datasets.Files;

/// <summary>Whose images they are, for messages.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="Remedy">What to do where one cannot be decoded, a sentence.</param>
readonly record struct ImageOwner(string Dataset, string Remedy);
