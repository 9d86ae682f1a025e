using Sat.Records;

namespace Sat.Noise.Standard;

/// <summary>Classes by their names, as they are or as <c>labels.csv</c> prints them: an exact name counts before one in another Unicode
/// form, or with blanks around it.</summary>
sealed class ClassLookup
{
    private const int Ambiguous = -2;
    private const int None = -1;

    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _normal = new(StringComparer.Ordinal);

    public ClassLookup(IReadOnlyList<string> names)
    {
        Names = names;
        for (var k = 0; k < names.Count; k++)
        {
            foreach (var text in new[] { names[k], Csv.Text(names[k]) })
            {
                Add(_exact, text, k);
                Add(_normal, SampleKeys.Normal(text), k);
            }
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of the class with a name; null: none has it.</summary>
    /// <exception cref="InvalidDataException">Two have it.</exception>
    public long? Find(TableCell cell)
    {
        var (text, trimmed) = (cell.Text, cell.Trimmed);
        var found =
            _exact.TryGetValue(text, out var k) || _exact.TryGetValue(trimmed, out k) ? k
            : _normal.TryGetValue(SampleKeys.Normal(text), out k) || _normal.TryGetValue(SampleKeys.Normal(trimmed), out k) ? k
            : None;
        return found switch
        {
            None => null,
            Ambiguous => throw new InvalidDataException(
                $"two classes are written as '{text}' in tables: give class numbers, with 'values: numbers'"
            ),
            _ => found,
        };
    }

    private static void Add(Dictionary<string, int> places, string text, int k)
    {
        if (!places.TryAdd(text, k) && places[text] != k)
            places[text] = Ambiguous;
    }
}
