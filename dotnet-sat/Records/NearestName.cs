namespace Sat.Records;

/// <summary>Finds what a person probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate nearest to <paramref name="name"/>: the same but for capital letters, one of several words that begins with
    /// it, or the one with the fewest other letters; null when none is near: more than two letters and more than a third of them differ, or
    /// all.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> candidates)
    {
        if (candidates.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } otherCase)
            return otherCase;
        if (name.Length > 1 && candidates.FirstOrDefault(c => c.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase)) is { } longer)
            return longer;
        var best = candidates.Select(c => (Name: c, Distance: Distance(name, c))).OrderBy(c => c.Distance).FirstOrDefault();
        return
            best.Name is not null
            && best.Distance <= Math.Max(2, best.Name.Length / 3)
            && best.Distance < Math.Max(name.Length, best.Name.Length)
            ? best.Name
            : null;
    }

    /// <summary>" Did you mean 'x'?", or an empty text.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, [.. candidates]) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }
            previous = current;
        }
        return previous[b.Length];
    }
}
