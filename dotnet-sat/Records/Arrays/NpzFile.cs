using Sat.Records.Files;

namespace Sat.Records.Arrays;

/// <summary>An archive of arrays, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write it, of any size.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly CheckedZip _zip;

    /// <summary>Opens one.</summary>
    /// <param name="content">The file; it can be gone back in, and is disposed with this.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public NpzFile(Stream content) => _zip = new CheckedZip(content);

    /// <summary>The names of its arrays, without extension, in their order.</summary>
    public IReadOnlyList<string> Names =>
        [.. _zip.Names.Where(n => n.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)).Select(n => n[..^Extension.Length])];

    /// <summary>All that it holds, as <c>torch.save</c>'s files hold other things.</summary>
    public IEnumerable<string> Entries => _zip.Names;

    /// <summary>Reads an array and checks it.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <param name="read">Reads it, to its end.</param>
    /// <returns>What <paramref name="read"/> returns; null where there is no such array.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or <paramref name="read"/> refuses it.</exception>
    public T? Read<T>(string name, Func<Stream, T> read)
        where T : class => _zip.Read(name + Extension, read);

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
