using System.Globalization;

namespace Sat.Datasets.Files;

/// <summary>The numbers of the test images of each kind.</summary>
static class DogsVsCatsTestSet
{
    private const string Resource = "dogs-vs-cats.txt";

    /// <summary>Kind to numbers.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<int>> Numbers { get; } = Read();

    private static Dictionary<string, IReadOnlySet<int>> Read()
    {
        using var reader = new StreamReader(typeof(DogsVsCatsTestSet).Assembly.GetManifestResourceStream(Resource)!);
        var (numbers, of) = (new Dictionary<string, IReadOnlySet<int>>(StringComparer.Ordinal), new HashSet<int>());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (char.IsLetter(line[0]))
                numbers[line] = of = [];
            else
                of.UnionWith(line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)));
        }
        return numbers;
    }
}
