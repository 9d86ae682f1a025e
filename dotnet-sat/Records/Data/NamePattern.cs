using System.IO.Enumeration;

namespace Sat.Records.Data;

/// <summary>A pattern of relative names with <c>/</c>: <c>*</c> is any text within a part, <c>**</c> as the last part any file
/// beneath.</summary>
internal sealed class NamePattern
{
    private const string Beneath = "**";
    private readonly string[] _parts;

    /// <summary>The folders that it names in full, with a <c>/</c> at their end; empty: none.</summary>
    private readonly string _named;

    public NamePattern(string text)
    {
        (Text, _parts) = (text, text.Split('/'));
        _named = string.Concat(_parts.SkipLast(1).TakeWhile(p => !p.Contains('*', StringComparison.Ordinal)).Select(p => p + '/'));
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>How many folders a name has that it matches, at least.</summary>
    public int Depth => _parts.Length - 1;

    /// <summary>Whether it matches a file's name.</summary>
    public bool Matches(string name)
    {
        var at = 0;
        for (var part = 0; part < _parts.Length; part++)
        {
            if (_parts[part] == Beneath)
                return true;
            var end = End(name, at);
            if (end == name.Length != (part == _parts.Length - 1) || !Matches(_parts[part], name.AsSpan(at, end - at)))
                return false;
            at = end + 1;
        }
        return true;
    }

    /// <summary>Whether it can match a file beneath a folder.</summary>
    /// <param name="folder">The folder's name.</param>
    public bool MayHold(string folder)
    {
        var at = 0;
        for (var part = 0; part < _parts.Length; part++)
        {
            if (_parts[part] == Beneath)
                return true;
            var end = End(folder, at);
            if (!Matches(_parts[part], folder.AsSpan(at, end - at)))
                return false;
            if (end == folder.Length)
                return part < _parts.Length - 1;
            at = end + 1;
        }
        return false;
    }

    /// <summary>Whether a file lies beneath the folders that it names in full, one at least.</summary>
    public bool Encloses(string name) => _named.Length > 0 && name.StartsWith(_named, StringComparison.Ordinal);

    private static int End(string name, int at) => name.IndexOf('/', at) is >= 0 and var end ? end : name.Length;

    private static bool Matches(string part, ReadOnlySpan<char> text) =>
        part == "*" || FileSystemName.MatchesSimpleExpression(part, text, ignoreCase: false);
}
