using System.Collections.Concurrent;
using Sat.Datasets.Files.Loading;
using Sat.Records;

namespace Sat.Datasets.Files;

/// <summary>Files that cannot be decoded, as several threads find them.</summary>
/// <param name="owner">Whose they are.</param>
/// <param name="files">Where they are.</param>
sealed class BadImages(ImageOwner owner, IImageFiles files)
{
    private readonly ConcurrentDictionary<string, string> _why = new(StringComparer.Ordinal);

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _why.IsEmpty;

    /// <summary>Their names, in byte order.</summary>
    public IReadOnlyList<string> Names => [.. _why.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Notes one.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="why">What is wrong with it, a clause.</param>
    public void Add(string file, string why) => _why[file] = why;

    /// <summary>The refusal of them all, the first of which it names.</summary>
    public SatException Refused()
    {
        Problem[] all =
        [
            .. Names.Select(file => new Problem(
                $"dataset '{owner.Dataset}': {file} in {files.Location} cannot be decoded: {_why[file]}. {owner.Remedy}"
            )),
        ];
        return new SatException(ExitCode.Environment, UndecodedFiles.FirstFew(owner.Dataset, all));
    }
}
