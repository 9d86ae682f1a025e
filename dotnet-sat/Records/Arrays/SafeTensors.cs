using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sat.Records.Files;

namespace Sat.Records.Arrays;

/// <summary>
/// The safetensors format: a header in JSON, then the tensors' bytes. Nothing in it can be executed.
/// https://huggingface.co/docs/safetensors (section "Format").
/// </summary>
public static class SafeTensors
{
    /// <summary>The largest header that is read, as in the reference implementation: 100 MB.</summary>
    public const long MaxHeader = 100_000_000;

    private const string MetadataKey = "__metadata__";

    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["BOOL"] = 1,
        ["U8"] = 1,
        ["I8"] = 1,
        ["I16"] = 2,
        ["U16"] = 2,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I32"] = 4,
        ["U32"] = 4,
        ["F32"] = 4,
        ["I64"] = 8,
        ["U64"] = 8,
        ["F64"] = 8,
    };

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    /// <exception cref="InvalidOperationException">A tensor wrote another number of bytes than its shape and type have.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors)
        {
            var counted = new CountingStream(stream);
            tensor.Write(counted);
            if (counted.Written != ByteCount(tensor))
                throw new InvalidOperationException($"the tensor {tensor.Name} wrote {counted.Written} bytes and has {ByteCount(tensor)}");
        }
    }

    private static byte[] Header(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                var end = offset + ByteCount(tensor);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        // Readers that map the file want the tensors aligned; the format allows spaces at the header's end.
        while (text.Length % 8 != 0)
            text.WriteByte((byte)' ');
        return text.ToArray();
    }

    private static long ByteCount(SafeTensor tensor) => tensor.Shape.Aggregate((long)Sizes[tensor.Type], (a, b) => checked(a * b));

    /// <summary>Reads a file's header and checks it against the file's length.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or damaged.</exception>
    public static (IReadOnlyDictionary<string, SafeTensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata) ReadHeader(
        Stream stream
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            Span<byte> start = stackalloc byte[8];
            stream.ReadExactly(start);
            var length = BinaryPrimitives.ReadInt64LittleEndian(start);
            if (length < 2 || length > MaxHeader || length > stream.Length - 8)
            {
                stream.Position = 0;
                throw new InvalidDataException(
                    start.StartsWith("PK"u8)
                        ? "it is a ZIP archive, as PyTorch's torch.save writes: write the tensors with safetensors.torch.save_file instead"
                        : MistakenContent.Recognize(stream) ?? "it is not a safetensors file, or its header is damaged"
                );
            }
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            using var header = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(header.RootElement, 8 + length, stream.Length);
        }
        catch (EndOfStreamException e)
        {
            stream.Position = 0;
            throw new InvalidDataException(stream.Length < 8 ? MistakenContent.Recognize(stream) ?? "it is cut off" : "it is cut off", e);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidDataException("its header is damaged", e);
        }
    }

    private static (Dictionary<string, SafeTensorEntry> Tensors, Dictionary<string, string> Metadata) Read(
        JsonElement header,
        long dataStart,
        long fileLength
    )
    {
        var metadata = new Dictionary<string, string>();
        var tensors = new Dictionary<string, SafeTensorEntry>();
        foreach (var entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                foreach (var text in entry.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString() ?? "";
                continue;
            }
            var type = entry.Value.GetProperty("dtype").GetString()
                ?? throw new InvalidDataException($"the tensor {entry.Name} has no type");
            if (!Sizes.TryGetValue(type, out var size))
                throw new InvalidDataException($"the tensor {entry.Name} has the type {type}, which this tool does not read");
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];
            if (
                entry.Value.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt64()).ToArray() is not [var begin, var end]
                || shape.Any(n => n < 0)
                || begin < 0
                || end - begin != checked(shape.Aggregate((long)size, (a, b) => checked(a * b)))
            )
            {
                throw new InvalidDataException($"the tensor {entry.Name} is damaged: its place does not fit its shape");
            }
            tensors[entry.Name] = new SafeTensorEntry(type, shape, dataStart + begin, end - begin);
        }
        // The format allows neither gaps nor overlaps.
        var next = dataStart;
        foreach (var tensor in tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.Bytes))
        {
            if (tensor.Offset != next)
                throw new InvalidDataException("its tensors overlap or leave gaps");
            next += tensor.Bytes;
        }
        if (next != fileLength)
            throw new InvalidDataException(next > fileLength ? "it is cut off" : "there is something after its last tensor");
        return (tensors, metadata);
    }

    /// <summary>Counts what passes through.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            Written += buffer.Length;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
