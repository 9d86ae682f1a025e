using System.Text;
using Sat.Records;

namespace Sat.Noise.Standard;

/// <summary>The training samples, as rows of a file name them: by their index, or by their file as <c>labels.csv</c> prints it.</summary>
/// <param name="count">Samples of the whole training set.</param>
/// <param name="needed">The first of them that are trained on.</param>
/// <param name="files">The file of each; null: they have none.</param>
/// <param name="partial">True if rows need not name all.</param>
sealed class SampleKeys(int count, int needed, IReadOnlyList<string>? files, bool partial)
{
    /// <summary>Stands for the value of a sample that no row names.</summary>
    public const long Unnamed = -1;

    /// <summary>Stands for no sample, or for several.</summary>
    public const int None = -1;

    private const int Shown = 3;

    // An exact name counts before one in another Unicode form.
    private readonly Lazy<(Dictionary<string, int> Exact, Dictionary<string, int> Normal)> _places = new(() =>
    {
        var (exact, normal) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < (files?.Count ?? 0); i++)
        {
            var printed = Csv.Text(files![i]);
            exact[printed] = i;
            if (!normal.TryAdd(Normal(printed), i))
                normal[Normal(printed)] = None;
        }
        return (exact, normal);
    });

    private readonly Lazy<HashSet<string>> _ends = new(() =>
        [.. (files ?? []).Select(f => Normal(Csv.Text(f[(f.LastIndexOf('/') + 1)..])))]
    );

    public int Count => count;

    /// <summary>How files are named; null: samples have none.</summary>
    public string? Example => files is [var first, ..] ? first : null;

    /// <summary>True for the name of a sample's file, with or without its folders.</summary>
    public bool IsEnd(string text) => _ends.Value.Contains(Normal(text[(text.LastIndexOfAny(['/', '\\']) + 1)..]));

    /// <summary>The first of them, which are trained on.</summary>
    public int Needed => needed;

    public bool HasFiles => files is not null;

    /// <summary>The sample of a file; below 0: there is none, or it is not clear which.</summary>
    public int Find(string file) =>
        _places.Value.Exact.TryGetValue(file, out var place) || _places.Value.Normal.TryGetValue(Normal(file), out place) ? place : None;

    /// <exception cref="InvalidDataException">Samples are left out, and may not be.</exception>
    public void RequireAll(long[] values)
    {
        if (partial)
            return;
        int[] missing = [.. Enumerable.Range(0, Math.Min(needed, values.Length)).Where(i => values[i] == Unnamed)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"{missing.Length} of {needed} training samples are not in it: {First([.. missing.Select(i => files is null ? $"{i}" : $"{i} ({files[i]})")])}; set the option 'partial' if the others are to keep their labels"
            );
        }
    }

    public static string First(IReadOnlyList<string> all) => string.Join(", ", all.Take(Shown)) + (all.Count > Shown ? ", ..." : "");

    /// <summary>A text in NFC; as it is where it is not well-formed.</summary>
    public static string Normal(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
