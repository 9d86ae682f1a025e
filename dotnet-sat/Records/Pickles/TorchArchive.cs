using System.Text;
using Sat.Records.Arrays;
using Sat.Records.Files;

namespace Sat.Records.Pickles;

/// <summary>
/// A file of PyTorch's <c>torch.save</c> since version 1.6: a ZIP archive whose entries are not compressed, with a pickle
/// <c>data.pkl</c> and a file <c>data/KEY</c> for each storage
/// (https://docs.pytorch.org/docs/stable/notes/serialization.html).
/// </summary>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl";

    /// <summary>True if an archive is one, by the names of what it holds.</summary>
    public static bool Is(IEnumerable<string> names) => PickleOf(names) is not null;

    /// <summary>What it holds; see <see cref="PickleReader.Read"/>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has what is not read here.</exception>
    public static object? Read(ReadOnlyMemory<byte> content)
    {
        using var zip = new CheckedZip(new MemoryStream(content.ToArray(), writable: false));
        var pickle = PickleOf(zip.Names) ?? throw new InvalidDataException("it is a ZIP archive that torch.save did not write");
        var folder = pickle[..^Pickle.Length];
        // Entries may claim the same bytes: all of them together have no more than the file.
        var left = (long)content.Length;
        byte[] Entry(string name) => zip.Read(name, stream =>
            {
                if ((left -= stream.Length) < 0)
                    throw new InvalidDataException(
                        "it holds more than its length, which torch.save, which compresses nothing, never writes"
                    );
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes;
            }) ?? throw new InvalidDataException($"it lacks {VisibleText.Line(name)}");
        if (zip.Names.Contains(folder + "byteorder") && Encoding.ASCII.GetString(Entry(folder + "byteorder")) != "little")
            throw new InvalidDataException("it was saved on a machine of the other byte order: save it as .npy");
        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        return new PickleReader(Entry(pickle), (key, type, count) =>
        {
            if (storages.TryGetValue(key, out var known))
                return known;
            var storage = new TorchStorage(type, NpyHeader.Of(type, columnsFirst: false, [count]).ByteCount);
            storage.Fill(Entry($"{folder}data/{key}"));
            return storages[key] = storage;
        }).Read();
    }

    private static string? PickleOf(IEnumerable<string> names) =>
        names.FirstOrDefault(n => n == Pickle || n.EndsWith("/" + Pickle, StringComparison.Ordinal));
}
