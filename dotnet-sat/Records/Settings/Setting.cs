namespace Sat.Records.Settings;

/// <summary>What a person wrote in a study file or on the command line, before it means anything: a tree that knows its places.</summary>
/// <param name="At">Where it was written.</param>
public abstract record Setting(SourceLocation? At);

/// <summary>One value.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="At">Where.</param>
public sealed record ScalarSetting(string Text, SourceLocation? At = null) : Setting(At)
{
    /// <summary>True for a text that was written in quotes, or as a block: it is neither a number nor <c>null</c>.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>Several values.</summary>
/// <param name="Items">In their order.</param>
/// <param name="At">Where.</param>
public sealed record ListSetting(IReadOnlyList<Setting> Items, SourceLocation? At = null) : Setting(At);

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

/// <summary>A named value.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value.</param>
/// <param name="At">Where the name stands.</param>
public sealed record MapEntry(string Name, Setting Value, SourceLocation? At = null);
