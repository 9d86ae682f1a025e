using System.Text.RegularExpressions;

namespace Sat.Records.Data;

/// <summary>What a layout must hold to, so that its files can be checked and stay within their folder.</summary>
public static partial class LayoutRules
{
    /// <summary>What is wrong with a layout, a sentence each; none: it serves.</summary>
    public static IEnumerable<string> Broken(DataLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Folder.Length > 0 && !IsRelative(layout.Folder))
            yield return $"the folder '{layout.Folder}' is not a relative path without '..'";
        foreach (var name in layout.Files.Where(f => !IsRelative(f)))
            yield return $"the file '{name}' is not a relative path without '..'";
        foreach (var name in layout.Files.GroupBy(f => f, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"the file '{name}' is listed twice";
        if (layout.Unpacked is { } unpacked)
        {
            if (unpacked.Folder.Length > 0 && !IsRelative(unpacked.Folder))
                yield return $"the folder '{unpacked.Folder}' is not a relative path without '..'";
            foreach (var problem in unpacked.Selection.Broken())
                yield return problem;
        }
        foreach (var (other, problem) in layout.Others.Where(o => o.IsRead).SelectMany(o => Broken(o, layout).Select(p => (o.Name, p))))
            yield return $"{other} {problem}";
        foreach (var variant in layout.Variants)
        {
            foreach (var (name, sum) in variant.Files.Where(f => !Sha256().IsMatch(f.Value)))
                yield return $"'{sum}', of {name} in version '{variant.Name}', is not a SHA-256 of 64 lower-case hexadecimal digits";
            foreach (var (name, sum) in (variant.Md5 ?? new Dictionary<string, string>()).Where(f => !Md5().IsMatch(f.Value)))
                yield return $"'{sum}', of {name} in version '{variant.Name}', is not an MD5 of 32 lower-case hexadecimal digits";
        }
        foreach (var source in layout.Sources)
        {
            foreach (var problem in Broken(source, layout))
                yield return $"the source '{source.Name}' {problem}";
        }
        if (layout.Sources.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"the source '{twice.Key}' is listed twice";
        if (
            layout.Sources.Count > 0
            && layout.Files.Where(f => !layout.Sources.Any(s => FilesOf(s, layout).Contains(f))).ToArray() is { Length: > 0 } without
        )
            yield return $"{string.Join(", ", without)} comes from no source";
    }

    /// <summary>The layout's files that come out of a source.</summary>
    public static IReadOnlyList<string> FilesOf(DataSource source, DataLayout layout)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(layout);
        if (source.Format == DataFormat.File)
            return [source.Name];
        return source.Files.Count > 0 ? source.Files : layout.Files;
    }

    private static IEnumerable<string> Broken(OtherVersion other, DataLayout layout)
    {
        foreach (var name in other.Files.Append(other.Folder).Where(f => !IsRelative(f)))
            yield return $"has '{name}', which is not a relative path without '..'";
        foreach (var name in layout.Files.Except(other.Makes.Keys))
            yield return $"does not say how '{name}' is made of it";
        foreach (var (name, made) in other.Makes)
        {
            if (!layout.Files.Contains(name))
                yield return $"makes '{name}', which is not among the layout's files";
            if (!other.Files.Contains(made.File))
                yield return $"makes '{name}' of '{made.File}', which is not among its files";
            if (made.Problem is { } problem)
                yield return $"makes '{name}', which {problem}";
        }
    }

    private static IEnumerable<string> Broken(DataSource source, DataLayout layout)
    {
        if (!IsRelative(source.Name) || source.Name.Contains('/', StringComparison.Ordinal))
            yield return "does not have a plain file name";
        if (source.Address is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return $"has the address '{address}', which is neither http nor https";
        if (source.Bytes is <= 0 || source.UnpackedBytes is <= 0)
            yield return "has a length that is not above 0: leave it out if it is not known";
        if (source.Sha256 is null && source.Md5 is null)
            yield return "has no checksum, so nobody can tell whether it is complete";
        if (source.Sha256 is { } sha && !Sha256().IsMatch(sha))
            yield return $"has '{sha}' for its SHA-256, which is not 64 lower-case hexadecimal digits";
        if (source.Md5 is { } md5 && !Md5().IsMatch(md5))
            yield return $"has '{md5}' for its MD5, which is not 32 lower-case hexadecimal digits";
        foreach (var name in FilesOf(source, layout).Except(layout.Files))
            yield return $"contains '{name}', which is not among the layout's files";
    }

    /// <summary>True if no part begins with a dot, so that none leads upwards, and every file system takes all of them as they
    /// are.</summary>
    private static bool IsRelative(string path) => path.Split('/').All(part => Part().IsMatch(part));

    [GeneratedRegex(@"^[\p{L}\p{N}_][^/\\:*?""<>|\x00-\x1f]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^[0-9a-f]{32}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Md5();
}
