using Sat.Records.Files;
using Sat.Records.Pickles;

namespace Sat.Records.Data;

/// <summary>A layout's files, made of those of another version whenever they are asked for.</summary>
/// <param name="location">Where that version is, for messages.</param>
/// <param name="version">The version.</param>
/// <param name="files">Its files.</param>
internal sealed class MadeContents(string location, OtherVersion version, FileContents files) : FileContents
{
    public override IReadOnlyList<string> Stored => files.Stored;

    public override Stream Open(string name)
    {
        var made = version.Makes[name];
        using var stream = files.Open(made.File);
        if (stream.Length > Array.MaxLength)
            throw Wrong(made, "it has more bytes than fit in memory at once");
        var pickle = new byte[stream.Length];
        stream.ReadExactly(pickle);
        try
        {
            return new MemoryStream(made.Make(pickle), writable: false);
        }
        catch (InvalidDataException e)
        {
            // Old pickles look like text.
            var mistaken = PickledFile.BeginsLike(pickle) ? null : MistakenContent.Recognize(pickle);
            throw Wrong(made, mistaken?.StartsWith("it is text", StringComparison.Ordinal) == false ? mistaken : e.Message, e);
        }
    }

    public override (long Length, DateTime Written)? Stamp(string name) => files.Stamp(version.Makes[name].File);

    private SatException Wrong(PickledRows made, string what, Exception? inner = null) =>
        new(
            ExitCode.Environment,
            $"{made.File} in {location}, of {version.Name}, cannot be read: {what}. It is damaged or the wrong file: get it again.",
            inner: inner
        );
}
