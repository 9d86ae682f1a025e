using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Data.Downloads;

/// <summary>
/// A file that is being downloaded, and beside it the note of where its bytes come from. Both outlive the process.
/// Whatever goes wrong with the disk is told as such (exit code 5), not taken for a fault of the network.
/// </summary>
internal sealed class PartialFile
{
    private PartialFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null: nothing has come yet.</summary>
    public PartialNote? Note { get; private set; }

    /// <summary>Bytes that have come.</summary>
    public long Length => Note is not null && File.Exists(Path) ? new FileInfo(Path).Length : 0;

    private string NotePath => Path + ".json";

    /// <summary>Takes up what an earlier try left, or begins with nothing.</summary>
    public static PartialFile Open(string folder, string name)
    {
        var partial = new PartialFile(System.IO.Path.Combine(folder, name));
        partial.OnDisk(() =>
        {
            Directory.CreateDirectory(folder);
            try
            {
                if (
                    File.Exists(partial.NotePath)
                    && SatJson.Read<PartialNote>(RegularFile.ReadAllText(partial.NotePath)) is { Address: not null, Pieces: > 0 } note
                )
                    partial.Note = note;
            }
            catch (JsonException)
            {
                // Bytes of unknown origin are worth nothing.
            }
        });
        if (partial.Note is null)
            partial.Discard();
        return partial;
    }

    /// <summary>Throws away what has come, for an answer that begins at the first byte.</summary>
    public void Begin(PartialNote note)
    {
        Discard();
        WriteNote(note with { Pieces = 1 });
    }

    /// <summary>Goes on with an answer that begins where the bytes end.</summary>
    public void Continue(PartialNote note) => WriteNote(note with { Pieces = Note!.Pieces + 1 });

    /// <summary>Opens it for more bytes.</summary>
    public Appender Append() => new(this);

    /// <summary>Its first bytes, at most so many.</summary>
    public byte[] Head(int length)
    {
        using var file = RegularFile.OpenRead(Path, FileShare.ReadWrite);
        var head = new byte[length];
        return head[..file.ReadAtLeast(head, length, throwOnEndOfStream: false)];
    }

    /// <summary>Throws all away.</summary>
    public void Discard() =>
        OnDisk(() =>
        {
            File.Delete(Path);
            File.Delete(NotePath);
            Note = null;
        });

    private void WriteNote(PartialNote note)
    {
        AtomicFile.WriteText(NotePath, SatJson.WriteIndented(note));
        Note = note;
    }

    private void OnDisk(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(Path, e, instead: DataStore.OtherFolder);
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    internal sealed class Appender : IDisposable
    {
        private readonly PartialFile _partial;
        private FileStream? _file;

        public Appender(PartialFile partial)
        {
            _partial = partial;
            // Nothing is buffered: what was written is in the file even if the process dies.
            partial.OnDisk(() =>
            {
                RegularFile.Require(partial.Path);
                _file = new FileStream(partial.Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            });
        }

        public void Write(ReadOnlyMemory<byte> bytes) => _partial.OnDisk(() => _file!.Write(bytes.Span));

        public void Dispose() => _file?.Dispose();
    }
}
