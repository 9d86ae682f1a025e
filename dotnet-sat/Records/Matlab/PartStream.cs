namespace Sat.Records.Matlab;

/// <summary>The next bytes of a stream, read forwards. A stream that ends before them is cut off.</summary>
/// <param name="content">What they are read from; it stays open.</param>
/// <param name="length">How many there are.</param>
internal sealed class PartStream(Stream content, long length) : Stream
{
    private long _read;

    public long Left => length - _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The stream ended.</exception>
    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, Left)];
        if (buffer.IsEmpty)
            return 0;
        var count = content.Read(buffer);
        if (count == 0)
            throw new InvalidDataException("it is cut off");
        _read += count;
        return count;
    }

    /// <summary>Reads what is left, for nothing.</summary>
    public void Skip()
    {
        var buffer = new byte[1 << 14];
        while (Read(buffer) > 0)
        {
            // The stream may be one that cannot be gone forward in.
        }
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
