using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Publishing.Privacy;

/// <summary>Finds private values in the files that are to be published.</summary>
public static class PrivateText
{
    /// <summary>Arrays of numbers hold every short text by chance.</summary>
    private static readonly string[] Arrays = [".npy", ".npz", ".safetensors"];

    /// <summary>Refuses a folder in which any stands.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="values">What must not stand there.</param>
    /// <exception cref="SatException">Some does: each file once, with its first line of each kind. The value itself is not shown (exit
    /// code 5).</exception>
    public static void Refuse(string folder, IReadOnlyList<PrivateValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        // A backslash or quote stands escaped in JSON.
        var sought = values.Select(v => (v.Kind, Forms: Forms(v.Text))).ToArray();
        var problems = FolderTree
            .OwnFiles(folder)
            .Where(f => !Arrays.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .SelectMany(f => Find(folder, f, sought))
            .ToArray();
        if (problems.Length > 0)
            throw new SatException(ExitCode.Environment, problems);
    }

    private static IEnumerable<Problem> Find(string folder, string path, IReadOnlyList<(string Kind, string[] Forms)> sought)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        using var text = new StreamReader(RegularFile.OpenRead(path));
        while (text.ReadLine() is { } line)
        {
            number++;
            foreach (var (kind, forms) in sought)
            {
                if (forms.Any(form => Holds(line, form)) && found.Add(kind))
                {
                    var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
                    yield return new Problem($"{name}:{number}: {kind} stands here, and is not published: take it out, or add --redact");
                }
            }
        }
    }

    private static string[] Forms(string text)
    {
        var escaped = SatJson.Write(text)[1..^1];
        return escaped == text ? [text] : [text, escaped];
    }

    private static bool Holds(string line, string text) => Find(line, text, 0) >= 0;

    /// <summary>Puts another text in the place of one.</summary>
    internal static string Replace(string line, string text, string other)
    {
        for (var at = Find(line, text, 0); at >= 0; at = Find(line, text, at + other.Length))
            line = line[..at] + other + line[(at + text.Length)..];
        return line;
    }

    /// <summary>Where a line holds a text as a word of its own: the user <c>ann</c> is not in <c>annotation</c>. -1: nowhere.</summary>
    private static int Find(string line, string text, int from)
    {
        for (
            var at = line.IndexOf(text, from, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = line.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + text.Length;
            if ((at == 0 || !char.IsLetterOrDigit(line[at - 1])) && (end == line.Length || !char.IsLetterOrDigit(line[end])))
                return at;
        }
        return -1;
    }
}
