namespace Sat.Records.Settings;

/// <summary>Named values.</summary>
/// <param name="Entries">In their order; names are unique.</param>
/// <param name="At">Where.</param>
public sealed record MapSetting(IReadOnlyList<MapEntry> Entries, SourceLocation? At = null) : Setting(At)
{
    /// <summary>The value of a name, or null.</summary>
    public Setting? this[string name]
    {
        get
        {
            // Asked for tens of times a run: no closure, no enumerator.
            for (var i = 0; i < Entries.Count; i++)
            {
                if (Entries[i].Name == name)
                    return Entries[i].Value;
            }
            return null;
        }
    }

    /// <summary>A map in which <paramref name="name"/> has <paramref name="value"/>; its place is kept where it existed.</summary>
    public MapSetting With(string name, Setting value)
    {
        var entry = new MapEntry(name, value, value.At);
        return this with
        {
            Entries = Entries.Any(e => e.Name == name) ? [.. Entries.Select(e => e.Name == name ? entry : e)] : [.. Entries, entry],
        };
    }

    /// <summary>A map without <paramref name="name"/>.</summary>
    public MapSetting Without(string name) => this with { Entries = [.. Entries.Where(e => e.Name != name)] };
}
