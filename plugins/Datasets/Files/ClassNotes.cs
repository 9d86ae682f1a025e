using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>What is odd about folders of classes, a sentence each.</summary>
static class ClassNotes
{
    private const int Most = 5;

    /// <summary>Of class folders that have no train and test about them.</summary>
    /// <param name="classes">Names of those with images, in NFC.</param>
    /// <param name="location">The folder that they lie in.</param>
    public static IEnumerable<string> Of(string[] classes, string location)
    {
        string[] empty =
        [
            .. Directory
                .EnumerateDirectories(location)
                .Select(d => Path.GetFileName(d))
                .Where(n => !StrayFiles.Is(n) && !classes.Contains(NormalName.Compose(n), StringComparer.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        if (empty.Length > 0)
            yield return $"no class, because no image lies in it: {Names(empty)}";
        foreach (var note in OfCase(classes))
            yield return note;
    }

    /// <summary>Of names that differ in capital and small letters alone.</summary>
    public static IEnumerable<string> OfCase(string[] classes) =>
        classes
            .GroupBy(c => c, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1)
            .Take(Most)
            .Select(g => $"{string.Join(" and ", g)} are two classes: if they are one, give their folders one name");

    private static string Names(string[] names) => string.Join(", ", names.Take(Most)) + (names.Length > Most ? ", …" : "");
}
