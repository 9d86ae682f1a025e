using System.Text.Json;
using Sat.Engine.Weights;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Engine.Checkpoints;

/// <summary>A checkpoint that a run can go on from.</summary>
/// <param name="File">The file.</param>
/// <param name="Info">What it says of itself.</param>
public sealed record FoundCheckpoint(CheckpointFile File, CheckpointInfo Info)
{
    /// <summary>The latest checkpoint of a run that is whole, and sentences on those that are not; null when there is none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="run">The run's id.</param>
    public static (FoundCheckpoint? Found, IReadOnlyList<string> Damaged) Latest(RunFolder folder, string run)
    {
        var damaged = new List<string>();
        foreach (var file in new CheckpointFolder(folder).All())
        {
            try
            {
                if (!file.IsWhole())
                    throw new InvalidDataException("its checksum is not the one in its name");
                return (new FoundCheckpoint(file, Read(file, run)), damaged);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or JsonException)
            {
                damaged.Add($"{Path.GetFileName(file.Path)}: {e.Message}");
            }
        }
        return (null, damaged);
    }

    private static CheckpointInfo Read(CheckpointFile file, string run)
    {
        using var tensors = new TensorFile(file.Path);
        if (!tensors.Metadata.TryGetValue(CheckpointInfo.Key, out var text))
            throw new InvalidDataException("it is not a checkpoint of this tool");
        var info = SatJson.Read<CheckpointInfo>(text);
        if (info.Schema != 1)
            throw new InvalidDataException($"its layout is version {info.Schema}; this tool reads version 1");
        return info.Run == run ? info : throw new InvalidDataException("it belongs to another run");
    }
}
