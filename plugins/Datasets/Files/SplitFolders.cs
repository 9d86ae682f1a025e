namespace Sat.Datasets.Files;

/// <summary>The names that folders of training and test images go by, in small letters, capitals, or with one: the first that holds an
/// image is read.</summary>
static class SplitFolders
{
    public static IReadOnlyList<string> Train { get; } = Written("train", "training");

    public static IReadOnlyList<string> Test { get; } = Written("test", "testing", "val", "valid", "validation", "dev", "eval");

    /// <summary>The patterns of <see cref="Sat.Records.Data.FileSelection"/> for files in class folders of one of some splits.</summary>
    public static string Pattern(IEnumerable<string> splits) => string.Join('|', splits.Select(s => $"{s}/*/**"));

    /// <summary>What is wrong with a folder that holds no class folder with an image.</summary>
    public static string NoClasses(string folder) =>
        $"there are no class folders with images in {folder}. Arrange the images as train/CLASS/* and test/CLASS/* (or val/CLASS/*), or as CLASS/* alone.";

    /// <summary>What is wrong with a folder of training images alone.</summary>
    /// <param name="train">The name of their folder.</param>
    /// <param name="location">The folder that holds it.</param>
    public static string NoTest(string train, string location) =>
        $"it has images in {train}, but none in class folders of a test folder beside it: test, testing, val, valid, validation, dev or eval. Add one, or give {location}/{train} itself as the path, of which a share is the test set.";

    /// <summary>The one of some names that is read.</summary>
    /// <param name="names">Of folders, in the order of their precedence.</param>
    /// <param name="files">The files that were chosen to be read.</param>
    public static string? Read(IEnumerable<string> names, IReadOnlyList<string> files)
    {
        var folders = files.Where(InClassFolder).Select(First).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(folders.Contains);
    }

    /// <summary>The one of some names that a folder has, whatever is in it.</summary>
    /// <param name="names">Of folders, in the order of their precedence.</param>
    /// <param name="location">The folder.</param>
    public static string? Present(IEnumerable<string> names, string location)
    {
        var folders = Directory.Exists(location)
            ? Directory.EnumerateDirectories(location).Select(d => Path.GetFileName(d)).ToHashSet(StringComparer.Ordinal)
            : [];
        return names.FirstOrDefault(folders.Contains);
    }

    /// <summary>Two folders of a plain layout that are splits: they say so, and all their images lie in folders of their own, or their
    /// whole names do (<c>test1</c>). Null: there are none.</summary>
    public static (string Train, string Test)? Unknown(IEnumerable<string> files)
    {
        (string Name, bool IsDeep)[] folders = [.. files.GroupBy(First, StringComparer.Ordinal).Select(f => (f.Key, f.All(InClassFolder)))];
        string? Like(string[] stems) =>
            folders.FirstOrDefault(f => stems.Any(s => f.IsDeep ? Says(f.Name, s) : IsNumbered(f.Name, s))).Name;
        return
            (Like(["train", "training"]), Like(["test", "testing", "val", "valid", "validation", "dev", "eval", "holdout"]))
                is ({ } train, { } test)
            ? (train, test)
            : null;
    }

    /// <summary>Whether a name begins with a word or has it among its words: <c>train2017</c>, <c>seg_train</c>.</summary>
    private static bool Says(string name, string word) =>
        name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || string.Concat(name.Select(c => char.IsLetter(c) ? c : ' ')).Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool IsNumbered(string name, string word) =>
        name.TrimEnd("0123456789-_. ".ToCharArray()).Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string First(string file) => file[..file.IndexOf('/', StringComparison.Ordinal)];

    private static bool InClassFolder(string file) => file.AsSpan().Count('/') > 1;

    private static string[] Written(params string[] names) =>
        [.. names.SelectMany(n => new[] { n, char.ToUpperInvariant(n[0]) + n[1..], n.ToUpperInvariant() })];
}
