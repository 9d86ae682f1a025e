using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Files;

namespace Sat.Sweeps.Planning;

/// <summary>Checks files that have a value for each training sample, each file read once a planning.</summary>
internal sealed class SampleFiles
{
    /// <summary>A longer text is left to the worker.</summary>
    private const int MostBytes = 1 << 26;

    private readonly Dictionary<string, (long Least, long Most)?> _known = [];

    /// <summary>What is wrong with a component's files, by option: a sentence each.</summary>
    /// <param name="owner">Who reads them, for messages.</param>
    /// <param name="component">The component.</param>
    /// <param name="whole">Samples of the whole training set; null: only the worker can tell.</param>
    /// <param name="taken">Samples that the run takes of it, from its beginning; 0: all.</param>
    public IEnumerable<(string Option, string Sentence)> Problems(string owner, ResolvedComponent component, long? whole, long taken)
    {
        foreach (var option in component.Schema.Options.Where(o => o.PerSample == true).Select(o => o.Name))
        {
            if (!component.Paths.TryGetValue(option, out var path))
                continue;
            if (!_known.TryGetValue(path, out var count))
                _known[path] = count = Values(path);
            if (count is not var (least, most))
                continue;
            if (most == 0)
            {
                yield return (option, $"{owner}: {path} is empty; it must have a value for each training sample.");
                continue;
            }
            // A file for the whole training set serves a run on its first samples too.
            if (whole is not { } all || Fits(all) || (taken > 0 && Fits(taken)))
                continue;
            yield return (
                option,
                $"{owner}: {path} has {Count.Of(most, "value")}, but the training set has {Count.Of(all, "sample")}; it must have one for each, in the same order."
            );

            bool Fits(long samples) => samples >= least && samples <= most;
        }
    }

    /// <summary>How many values a file has, where that needs no knowledge of its columns: an array, or a text of one value a line, whose
    /// first line may be a heading. Null: its reader can tell.</summary>
    private static (long Least, long Most)? Values(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } file)
                return null;
            using var stream = RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
            var first = stream.ReadByte();
            stream.Position = 0;
            if (first == 0x93)
                return Npy.ReadVectorLength(stream) is { } length ? (length, length) : null;
            return first is '[' or '{' or 'P' or 0x80 || file.Length > MostBytes ? null : Lines(new StreamReader(stream).ReadToEnd());
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Its reader says what is wrong with it.
            return null;
        }
    }

    private static (long Least, long Most)? Lines(string text)
    {
        string[] lines = [.. text.ReplaceLineEndings("\n").Split('\n').Where(l => !string.IsNullOrWhiteSpace(l))];
        if (lines.Length == 0)
            return (0, 0);
        // Whether a line with '#' is a comment or the name of a class, its reader knows.
        var certain = lines.Count(l => !l.StartsWith('#'));
        return certain < 2 || lines.Any(l => l.AsSpan().IndexOfAny(",;\t\"\0") >= 0 && !l.StartsWith('#'))
            ? null
            : (certain - 1, lines.Length);
    }
}
