namespace Sat.Datasets.Files.ImageNet;

/// <summary>A set of synonyms of WordNet.</summary>
/// <param name="Number">Its ILSVRC2012_ID, from 1.</param>
/// <param name="Id">Its WordNet id, such as n01440764.</param>
/// <param name="IsLeaf">True for the 1,000 that are classes; the others are above them.</param>
readonly record struct Synset(int Number, string Id, bool IsLeaf);
