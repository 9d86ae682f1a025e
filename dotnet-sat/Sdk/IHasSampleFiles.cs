namespace Sat.Sdk;

/// <summary>A split that knows where its samples come from, so that what is said of a sample can lead to it.</summary>
public interface IHasSampleFiles
{
    /// <summary>
    /// Each sample's file, relative to the dataset's folder with <c>/</c>, or the file that holds it and its position there
    /// (<see cref="FilePositions"/>), in the split's order; null: they come from no files.
    /// </summary>
    IReadOnlyList<string>? Files { get; }

    /// <summary>
    /// False where the split orders its samples by itself, by a hash of their names, say, so that the files alone do not show it: a list
    /// for the samples must then say which each entry is for.
    /// </summary>
    bool IsInFileOrder => true;
}
