namespace Sat.Sdk;

/// <summary>A split that knows where its samples come from, so that what is said of a sample can lead to it.</summary>
public interface IHasSampleFiles
{
    /// <summary>
    /// Each sample's file, relative to the dataset's folder with <c>/</c>, or the file that holds it and its position there
    /// (<see cref="FilePositions"/>), in the split's order; null: they come from no files.
    /// </summary>
    IReadOnlyList<string>? Files { get; }
}
