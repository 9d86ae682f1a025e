using System.Text.Json;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Data;

/// <summary>What the tool put into a dataset's folder, and where from. With it, files can be checked that nobody published checksums
/// of.</summary>
public sealed record DataReceipt
{
    /// <summary>The file's name within the dataset's folder.</summary>
    public const string FileName = "sat-data.json";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The dataset's id.</summary>
    public required string Dataset { get; init; }

    /// <summary>The known version that it is, or <see cref="DataFiles.UnknownVariant"/>.</summary>
    public required string Variant { get; init; }

    /// <summary>Addresses or paths that it came from.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>Name within the layout to length and checksum.</summary>
    public required IReadOnlyDictionary<string, ReceivedFile> Files { get; init; }

    /// <summary>Reads the receipt of a folder; null: there is none that can be read, so the folder vouches for nothing.</summary>
    public static DataReceipt? Read(string folder)
    {
        try
        {
            return SatJson.Read<DataReceipt>(RegularFile.ReadAllText(Path.Combine(folder, FileName), RegularFile.MostOfDocument));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
