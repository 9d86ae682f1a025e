using System.Security.Cryptography;

namespace Sat.Backends;

/// <summary>
/// A native library as TorchSharp's CUDA packages carry it: in one file, or, where a feed takes no package that large, cut into a first
/// part (<c>runtimes/RID/native/NAME</c>, with the SHA-256 of the whole in <c>NAME.sha</c>) and further ones in packages of their own
/// (<c>fragments/RID/native/NAME.fragment1</c> and so on). A project's build puts them together in NuGet's folder; here they are put
/// together in a folder of one's own, and NuGet's stays as it is.
/// </summary>
public sealed record SplitLibrary
{
    private const string Checksum = ".sha",
        Fragment = ".fragment";
    private static readonly string[] DeadWeight =
    [
        "torch_python",
        "_test",
        "libshm.",
        "nnapi_backend",
        "backend_with_compiler",
        "aoti_custom_ops",
    ];

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>The files that make it up, in order.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>SHA-256 of the whole, in hexadecimal digits; null: none was given.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes in all.</summary>
    public long Bytes => Parts.Sum(p => new FileInfo(p).Length);

    /// <summary>True for what a program needs of a package: no Python bindings, no tests, no documents.</summary>
    /// <param name="entry">Path within the package.</param>
    /// <param name="rid">The platform.</param>
    public static bool IsNeeded(string entry, string rid)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Path.GetDirectoryName(entry)?.Replace('\\', '/') is { } folder
            && (folder == $"runtimes/{rid}/native" || folder == $"fragments/{rid}/native")
            && !DeadWeight.Any(d => Path.GetFileName(entry).Contains(d, StringComparison.Ordinal));
    }

    /// <summary>The libraries of unpacked packages.</summary>
    /// <param name="packages">Their folders.</param>
    /// <param name="rid">The platform.</param>
    /// <exception cref="InvalidDataException">A part is missing.</exception>
    public static IReadOnlyList<SplitLibrary> In(IEnumerable<string> packages, string rid)
    {
        string[] files =
        [
            .. (packages ?? throw new ArgumentNullException(nameof(packages)))
                .SelectMany(p => new[] { Path.Combine(p, "runtimes", rid, "native"), Path.Combine(p, "fragments", rid, "native") })
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles),
        ];
        string[] first =
        [
            .. files.Where(f => !IsFragment(f) && !f.EndsWith(Checksum, StringComparison.Ordinal) && IsNeeded(Within(f, rid), rid)),
        ];
        var fragments = files
            .Where(IsFragment)
            .ToLookup(
                f => Path.GetFileName(f)[..Path.GetFileName(f).LastIndexOf(Fragment, StringComparison.Ordinal)],
                StringComparer.Ordinal
            );
        if (fragments.Select(f => f.Key).Except(first.Select(Path.GetFileName), StringComparer.Ordinal).FirstOrDefault() is { } lone)
            throw new InvalidDataException($"the first part of {lone} is missing");
        return [.. first.Select(f => Assembled(f, [.. fragments[Path.GetFileName(f)].OrderBy(Number)]))];
    }

    /// <summary>Writes the whole library.</summary>
    /// <param name="target">The file; it must not be there.</param>
    /// <param name="progressed">Told of the bytes written so far.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="InvalidDataException">It is not the one that its package says.</exception>
    public void PutTogether(string target, Action<long> progressed, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(progressed);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var whole = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
        {
            var buffer = new byte[1 << 20];
            foreach (var part in Parts)
            {
                using var from = File.OpenRead(part);
                int read;
                while ((read = from.Read(buffer)) > 0)
                {
                    stop.ThrowIfCancellationRequested();
                    whole.Write(buffer.AsSpan(0, read));
                    hash.AppendData(buffer, 0, read);
                    progressed(whole.Position);
                }
            }
            whole.Flush(flushToDisk: true);
        }
        if (
            Sha256 is { } expected
            && !Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(expected, StringComparison.OrdinalIgnoreCase)
        )
            throw new InvalidDataException($"{Name}, assembled from its parts, does not have the checksum that its package states");
    }

    private static SplitLibrary Assembled(string first, string[] fragments)
    {
        for (var i = 0; i < fragments.Length; i++)
        {
            if (Number(fragments[i]) != i + 1)
                throw new InvalidDataException($"part {i + 2} of {Path.GetFileName(first)} is missing");
        }
        var checksum = first + Checksum;
        return new SplitLibrary
        {
            Name = Path.GetFileName(first),
            Parts = [first, .. fragments],
            Sha256 = File.Exists(checksum) ? File.ReadAllText(checksum).Trim() : null,
        };
    }

    private static string Within(string file, string rid) => $"runtimes/{rid}/native/{Path.GetFileName(file)}";

    private static bool IsFragment(string file) => Number(file) > 0;

    /// <summary>0: no fragment.</summary>
    private static int Number(string file) =>
        Path.GetExtension(file) is var ending
        && ending.StartsWith(Fragment, StringComparison.Ordinal)
        && int.TryParse(ending.AsSpan(Fragment.Length), out var number)
            ? number
            : 0;
}
