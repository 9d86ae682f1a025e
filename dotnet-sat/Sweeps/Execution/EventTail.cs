using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>Follows a growing file of events, from its present end on.</summary>
public sealed class EventTail
{
    private readonly string _path;
    private readonly List<byte> _partial = [];
    private long _offset;

    /// <summary>Follows a file, which need not exist yet.</summary>
    public EventTail(string path)
    {
        _path = path;
        _offset = File.Exists(path) ? new FileInfo(path).Length : 0;
    }

    /// <summary>The events whose lines were completed since the last call; a line that is no event is left out.</summary>
    public IReadOnlyList<RunEvent> Read()
    {
        try
        {
            using var file = RegularFile.OpenRead(_path, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length < _offset)
            {
                _offset = 0;
                _partial.Clear();
            }
            file.Position = _offset;
            var bytes = new byte[file.Length - _offset];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _offset += read;
            _partial.AddRange(bytes.AsSpan(0, read));
        }
        catch (IOException)
        {
            // Not there yet, or for a moment not readable: the next look will tell.
            return [];
        }

        var events = new List<RunEvent>();
        int end;
        while ((end = _partial.IndexOf((byte)'\n')) >= 0)
        {
            try
            {
                if (JsonSerializer.Deserialize<RunEvent>(_partial[..end].ToArray(), SatJson.Compact) is { } e)
                    events.Add(e);
            }
            catch (JsonException)
            {
                // A line cut off by a killed worker, with the next one's behind it.
            }
            _partial.RemoveRange(0, end + 1);
        }
        return events;
    }
}
