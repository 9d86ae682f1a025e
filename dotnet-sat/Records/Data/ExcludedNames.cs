using System.IO.Enumeration;

namespace Sat.Records.Data;

/// <summary>Names of files that are not read, by patterns, in any case. Endings (<c>*.txt</c>) and whole names, which most are, are looked
/// up: there may be millions of files.</summary>
internal sealed class ExcludedNames
{
    private readonly HashSet<string> _endings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _others = [];

    /// <param name="patterns">Patterns of file names.</param>
    public ExcludedNames(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (!pattern.AsSpan().ContainsAny(@"*?\"))
                _whole.Add(pattern);
            else if (pattern.StartsWith("*.", StringComparison.Ordinal) && !pattern.AsSpan(2).ContainsAny(@"*?\."))
                _endings.Add(pattern[2..]);
            else
                _others.Add(pattern);
        }
    }

    /// <summary>Whether a file's name, without its folders, is one of them.</summary>
    public bool Has(ReadOnlySpan<char> name)
    {
        if (name.LastIndexOf('.') is >= 0 and var dot && _endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[(dot + 1)..]))
            return true;
        if (_whole.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            return true;
        foreach (var pattern in _others)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name))
                return true;
        }
        return false;
    }
}
