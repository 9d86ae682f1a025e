namespace Sat.Records.Pickles;

/// <summary>A dictionary of a pickle, its keys in the order in which they were put.</summary>
public sealed class PickledDictionary
{
    // Looked through, not hashed: keys are a stranger's, and may be long, or be the same text a million times.
    private List<(object? Key, object? Value)>? _entries;

    /// <summary>Its keys that are texts, each once; those of Python 2 count as such.</summary>
    public IReadOnlyList<string> Names =>
        [.. (_entries ?? []).Select(e => PickledText.Of(e.Key)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The value of a key, the last one that it was given; false: there is none.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (var i = (_entries?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (!IsNamed(_entries![i].Key, name))
                continue;
            value = _entries[i].Value;
            return true;
        }
        value = null;
        return false;
    }

    internal void Put(object? key, object? value) => (_entries ??= []).Add((key, value));

    private static bool IsNamed(object? key, string name) =>
        key switch
        {
            string text => text == name,
            // A character takes one byte to four: a long key is told without a look at it.
            ReadOnlyMemory<byte> bytes => bytes.Length <= 4L * name.Length && PickledText.Of(key) == name,
            _ => false,
        };
}
