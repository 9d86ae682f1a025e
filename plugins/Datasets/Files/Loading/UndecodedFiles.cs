using Sat.Records;

namespace Sat.Datasets.Files.Loading;

/// <summary>What is said of files that cannot be decoded.</summary>
static class UndecodedFiles
{
    /// <summary>So many are named in a message.</summary>
    private const int Told = 20;

    /// <summary>The first few problems with files, and how many more files have some.</summary>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="all">A problem for each file, in their order.</param>
    public static IReadOnlyList<Problem> FirstFew(string dataset, IReadOnlyList<Problem> all) =>
        all.Count <= Told
            ? all
            : [.. all.Take(Told), new Problem($"dataset '{dataset}': {Count.Of(all.Count - Told, "more file")} cannot be decoded.")];

    /// <summary>What runs record of files that are left out.</summary>
    /// <param name="bad">Their names.</param>
    public static string LeftOut(IReadOnlyList<string> bad) =>
        $"{Count.Of(bad.Count, "file")} that cannot be decoded {Count.Word(bad.Count, "is", "are")} left out (bad-files skip): {string.Join(", ", bad)}";

    /// <summary>Why there is no dataset without them, a sentence.</summary>
    /// <param name="bad">Their names.</param>
    /// <param name="what">What is not there then, such as 'no test image'.</param>
    public static string NothingLeft(IReadOnlyList<string> bad, string what) =>
        bad.Count == 0
            ? $"there is {what}: put some there."
            : $"{Count.Of(bad.Count, "file")} cannot be decoded, {bad[0]} among them, and without them there is {what}: put images there that can be.";
}
