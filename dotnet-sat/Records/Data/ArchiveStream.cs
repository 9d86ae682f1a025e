using System.Formats.Tar;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>A file within an archive, and the archive that it is read from: both are closed together.</summary>
internal sealed class ArchiveStream(TarReader archive, Stream content) : ForwardStream
{
    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => content.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            archive.Dispose();
        base.Dispose(disposing);
    }
}
