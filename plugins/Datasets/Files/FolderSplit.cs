namespace Sat.Datasets.Files;

/// <summary>Which images are trained on and which are tested on.</summary>
/// <param name="Classes">Class names, in the order of their numbers.</param>
/// <param name="Train">File and label of each training sample, in an order that says nothing of the classes.</param>
/// <param name="Test">The same of the test set.</param>
/// <param name="Notes">How they were chosen, where that is not laid out; a clause each.</param>
sealed record FolderSplit(
    string[] Classes,
    (string File, long Label)[] Train,
    (string File, long Label)[] Test,
    IReadOnlyList<string> Notes
);
