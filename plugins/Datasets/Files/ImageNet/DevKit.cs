using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>The development kit: which class each validation photo is of. Its readme.txt says what its files hold.</summary>
static class DevKit
{
    /// <summary>A hundred times what they have.</summary>
    private const long MostBytes = 64 << 20;

    private const string Synsets = "data/meta.mat";
    private const string Truth = "data/ILSVRC2012_validation_ground_truth.txt";

    /// <summary>The WordNet id of each validation photo, in the order of their names.</summary>
    /// <exception cref="SatException">The kit is another, or damaged (exit code 5).</exception>
    public static string[] Labels(DataFiles files)
    {
        try
        {
            var found = Unpacked(files);
            var ids = SynsetTable
                .Read(found.GetValueOrDefault(Synsets) ?? throw new InvalidDataException($"it lacks {Synsets}"))
                .Where(s => s.IsLeaf)
                .ToDictionary(s => s.Number, s => s.Id);
            if (ids.Values.Distinct(StringComparer.Ordinal).Count() < ids.Count)
                throw new InvalidDataException($"{Synsets} has a WordNet id twice");
            return
            [
                .. Encoding
                    .ASCII.GetString(found.GetValueOrDefault(Truth) ?? throw new InvalidDataException($"it lacks {Truth}"))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(line =>
                        ids.GetValueOrDefault(int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture))
                        ?? throw new InvalidDataException($"{Truth} has the class {line}, which {Synsets} does not have")
                    ),
            ];
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{ImageNetFiles.DevKitArchive} in {files.Location} cannot be read: {MistakenContent.At(Path.Combine(files.Location, ImageNetFiles.DevKitArchive)) ?? (e is EndOfStreamException ? "it is cut off" : e.Message.TrimEnd('.'))}. Get it again.",
                inner: e
            );
        }
    }

    /// <summary>The two files, by their names beneath the kit's folder.</summary>
    private static Dictionary<string, byte[]> Unpacked(DataFiles files)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var unzipped = new GZipStream(files.OpenRead(ImageNetFiles.DevKitArchive), CompressionMode.Decompress);
        using var reader = new TarReader(unzipped);
        while (reader.GetNextEntry() is { } entry)
        {
            if (
                entry.DataStream is not { } content
                || new[] { Synsets, Truth }.FirstOrDefault(f => entry.Name.EndsWith('/' + f, StringComparison.Ordinal)) is not { } name
            )
                continue;
            if (entry.Length > MostBytes)
                throw new InvalidDataException($"its {name} is larger than it can be");
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            found[name] = bytes.ToArray();
        }
        return found;
    }
}
