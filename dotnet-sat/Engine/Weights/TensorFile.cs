using Sat.Records.Arrays;
using Sat.Records.Files;
using static TorchSharp.torch;

namespace Sat.Engine.Weights;

/// <summary>Tensors in files of the safetensors format.</summary>
public sealed class TensorFile : IDisposable
{
    /// <summary>Elements that are moved at once.</summary>
    private const long Chunk = 1 << 24;

    private static readonly (ScalarType Type, string Name)[] Types =
    [
        (ScalarType.Float32, "F32"),
        (ScalarType.Float64, "F64"),
        (ScalarType.Float16, "F16"),
        (ScalarType.BFloat16, "BF16"),
        (ScalarType.Int64, "I64"),
        (ScalarType.Int32, "I32"),
        (ScalarType.Int16, "I16"),
        (ScalarType.Int8, "I8"),
        (ScalarType.Byte, "U8"),
        (ScalarType.Bool, "BOOL"),
    ];

    private readonly FileStream _file;
    private readonly IReadOnlyDictionary<string, SafeTensorEntry> _tensors;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public TensorFile(string path)
    {
        _file = RegularFile.OpenRead(path);
        try
        {
            (_tensors, Metadata) = SafeTensors.ReadHeader(_file);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Texts beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names of the tensors.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Writes tensors, which may lie on any device and with any strides.</summary>
    /// <exception cref="NotSupportedException">One is of a type that the format does not have.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string> metadata
    ) =>
        SafeTensors.Write(
            stream,
            [.. tensors.Select(t => new SafeTensor(t.Key, NameOf(t.Value.dtype), t.Value.shape, s => WriteElements(s, t.Value)))],
            metadata
        );

    /// <summary>A tensor, on the CPU; the caller disposes it.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public Tensor Read(string name)
    {
        using var scope = NewDisposeScope();
        var entry = Entry(name);
        var tensor = empty([.. entry.Shape], Types.First(t => t.Name == entry.Type).Type);
        var flat = tensor.view(-1);
        _file.Position = entry.Offset;
        for (var start = 0L; start < flat.shape[0]; start += Chunk)
            _file.ReadExactly(flat.narrow(0, start, Math.Min(Chunk, flat.shape[0] - start)).bytes);
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>Copies a tensor's elements into another of its shape and type, wherever that lies.</summary>
    /// <exception cref="InvalidDataException">There is none of that name, or it is of another shape or type.</exception>
    public void ReadInto(string name, Tensor target)
    {
        var entry = Entry(name);
        if (!entry.Shape.SequenceEqual(target.shape) || entry.Type != NameOf(target.dtype))
        {
            throw new InvalidDataException(
                $"{name} is {entry.Type} [{string.Join(", ", entry.Shape)}] in the file and {NameOf(target.dtype)} [{string.Join(", ", target.shape)}] here"
            );
        }
        using var noGradients = no_grad();
        using var values = Read(name);
        target.copy_(values);
    }

    /// <summary>A tensor on the device of another, which lies in memory as that does where it is of its shape: so autograd and optimizers
    /// make what belongs to a parameter. The caller disposes it.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public Tensor ReadLike(string name, Tensor like)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var values = Read(name);
        var tensor = values.shape.SequenceEqual(like.shape)
            ? empty_like(like, values.dtype, requires_grad: false)
            : empty(values.shape, values.dtype, like.device);
        return tensor.copy_(values).DetachFromDisposeScope();
    }

    public void Dispose() => _file.Dispose();

    private SafeTensorEntry Entry(string name) =>
        _tensors.GetValueOrDefault(name) ?? throw new InvalidDataException($"there is no tensor {name} in the file");

    private static string NameOf(ScalarType type) =>
        Types.FirstOrDefault(t => t.Type == type).Name
        ?? throw new NotSupportedException($"tensors of type {type} cannot be saved to a file");

    private static void WriteElements(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        for (var start = 0L; start < flat.shape[0]; start += Chunk)
            stream.Write(flat.narrow(0, start, Math.Min(Chunk, flat.shape[0] - start)).bytes);
    }
}
