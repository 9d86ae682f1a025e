using System.Globalization;
using System.Numerics;
using System.Text;

namespace Sat.Records.Pickles;

/// <summary>
/// Reads pickles of Python, protocols 0 to 5 (https://docs.python.org/3/library/pickle.html and the comments of Python's
/// <c>pickletools</c>), as data: nothing that they name is called or looked for. What is read: None, True, False, numbers, texts, bytes,
/// lists, tuples, dictionaries, arrays of NumPy's and, where storages are at hand, tensors of PyTorch's. Memory stays within a small
/// multiple of the file's length: lengths are held against what is left of the file, parts of it are not copied, and what is repeated
/// is the same object.
/// </summary>
/// <param name="content">The file.</param>
/// <param name="storage">The storage of tensors by its key, type and number of elements; null: there are none.</param>
internal sealed class PickleReader(ReadOnlyMemory<byte> content, Func<string, string, long, TorchStorage>? storage = null)
{
    /// <summary>Enough for six times the labels and file names of ImageNet, and half a gigabyte of lists at most.</summary>
    private const int MostInstructions = 8_000_000;

    /// <summary>Digits of an integer, or its bytes.</summary>
    private const int LongestInteger = 300;

    private readonly PickleInput _input = new(content);
    private readonly PickleStack _stack = new();
    private readonly Dictionary<long, object?> _memo = [];
    private readonly PickleConstructors _constructors = new(content.Length);

    /// <summary>Bytes up to the end of the pickle that was read last.</summary>
    public int Position => _input.Position;

    public static InvalidDataException Damaged() => new("it is a damaged Python pickle");

    /// <summary>Reads a pickle, or the next one.</summary>
    /// <returns>null, <see cref="bool"/>, <see cref="long"/>, <see cref="BigInteger"/>, <see cref="double"/>, <see cref="string"/>, bytes
    /// as <see cref="ReadOnlyMemory{T}"/>, a list as <see cref="List{T}"/> of objects, a tuple as an array of objects,
    /// <see cref="PickledDictionary"/> or <see cref="PickledArray"/>.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or has what is not read here.</exception>
    public object? Read()
    {
        _memo.Clear();
        for (var i = 0; i < MostInstructions; i++)
        {
            var opcode = (PickleOpcode)_input.Byte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Pop();
            Do(opcode);
        }
        throw new InvalidDataException($"it is a Python pickle of more than {MostInstructions} instructions, and was not read");
    }

    private void Do(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                if (_input.Byte() is > 5 and var protocol)
                    throw new InvalidDataException($"it is a Python pickle of protocol {protocol}; 0 to 5 are read");
                break;
            case PickleOpcode.Frame:
                if (_input.UInt64() > (ulong)(_input.Length - _input.Position))
                    throw new InvalidDataException("it is cut off");
                break;
            case PickleOpcode.Mark:
                _stack.Mark();
                break;
            case PickleOpcode.Pop:
                _stack.Undo();
                break;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                break;
            case PickleOpcode.Dup:
                _stack.Push(_stack.Top);
                break;
            case PickleOpcode.Put:
                _memo[Index(_input.Line())] = _stack.Top;
                break;
            case PickleOpcode.BinPut:
                _memo[_input.Byte()] = _stack.Top;
                break;
            case PickleOpcode.LongBinPut:
                _memo[_input.UInt32()] = _stack.Top;
                break;
            case PickleOpcode.Memoize:
                _memo[_memo.Count] = _stack.Top;
                break;
            case PickleOpcode.Get:
                _stack.Push(Known(Index(_input.Line())));
                break;
            case PickleOpcode.BinGet:
                _stack.Push(Known(_input.Byte()));
                break;
            case PickleOpcode.LongBinGet:
                _stack.Push(Known(_input.UInt32()));
                break;
            case PickleOpcode.ReadOnlyBuffer:
                break;
            default:
                if (!PutTogether(opcode))
                    _stack.Push(Value(opcode));
                break;
        }
    }

    /// <summary>Makes values of those that are there; false: the instruction does something else.</summary>
    private bool PutTogether(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Tuple:
                _stack.Push(_stack.PopToMark());
                break;
            case PickleOpcode.Tuple1:
                _stack.Push(_stack.Pop(1));
                break;
            case PickleOpcode.Tuple2:
                _stack.Push(_stack.Pop(2));
                break;
            case PickleOpcode.Tuple3:
                _stack.Push(_stack.Pop(3));
                break;
            case PickleOpcode.List:
                _stack.Push(new List<object?>(_stack.PopToMark()));
                break;
            case PickleOpcode.Append:
                var last = _stack.Pop();
                Top<List<object?>>().Add(last);
                break;
            case PickleOpcode.Appends:
                var items = _stack.PopToMark();
                Top<List<object?>>().AddRange(items);
                break;
            case PickleOpcode.Dict:
                var entries = _stack.PopToMark();
                _stack.Push(new PickledDictionary());
                PutAll(entries);
                break;
            case PickleOpcode.SetItem:
                PutAll(_stack.Pop(2));
                break;
            case PickleOpcode.SetItems:
                PutAll(_stack.PopToMark());
                break;
            case PickleOpcode.Reduce:
                var arguments = _stack.Pop() as object?[] ?? throw Damaged();
                var function = _stack.Pop() as PickleGlobal ?? throw Damaged();
                _stack.Push(_constructors.Call(function, arguments));
                break;
            case PickleOpcode.Build:
                var state = _stack.Pop();
                PickleConstructors.Build(_stack.Top, state);
                break;
            case PickleOpcode.BinPersId:
                _stack.Push(Storage(_stack.Pop()));
                break;
            default:
                return false;
        }
        return true;
    }

    private object? Value(PickleOpcode opcode) =>
        opcode switch
        {
            PickleOpcode.None => null,
            PickleOpcode.NewTrue => true,
            PickleOpcode.NewFalse => false,
            PickleOpcode.BinInt => (long)_input.Int32(),
            PickleOpcode.BinInt1 => (long)_input.Byte(),
            PickleOpcode.BinInt2 => (long)_input.UInt16(),
            PickleOpcode.Int => _input.Line() switch
            {
                "00" => false,
                "01" => true,
                var digits => Integer(digits),
            },
            PickleOpcode.Long => Integer(_input.Line().TrimEnd('L')),
            PickleOpcode.Long1 => Integer(_input.Bytes(_input.Byte()).Span),
            PickleOpcode.Long4 => Integer(_input.Bytes(_input.UInt32()).Span),
            PickleOpcode.Float => Real(_input.Line()),
            PickleOpcode.BinFloat => _input.Double(),
            PickleOpcode.String => PickledEscapes.Bytes(_input.Line()),
            PickleOpcode.BinString or PickleOpcode.BinBytes => _input.Bytes(_input.UInt32()),
            PickleOpcode.ShortBinString or PickleOpcode.ShortBinBytes => _input.Bytes(_input.Byte()),
            PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => _input.Bytes(_input.UInt64()),
            PickleOpcode.Unicode => PickledEscapes.Text(_input.Line()),
            PickleOpcode.BinUnicode => Text(_input.UInt32()),
            PickleOpcode.ShortBinUnicode => Text(_input.Byte()),
            PickleOpcode.BinUnicode8 => Text(_input.UInt64()),
            PickleOpcode.EmptyList => new List<object?>(),
            PickleOpcode.EmptyTuple => Array.Empty<object?>(),
            PickleOpcode.EmptyDict => new PickledDictionary(),
            PickleOpcode.Global => PickleGlobal.Of(_input.Line(), _input.Line()),
            PickleOpcode.StackGlobal => NameOnStack(),
            PickleOpcode.Inst => throw PickleGlobal.Refused($"'{VisibleText.Line(_input.Line())}.{VisibleText.Line(_input.Line())}'"),
            PickleOpcode.Obj or PickleOpcode.NewObj or PickleOpcode.NewObjEx => throw PickleGlobal.Refused("a class to make objects of"),
            PickleOpcode.Ext1 or PickleOpcode.Ext2 or PickleOpcode.Ext4 => throw PickleGlobal.Refused("a class by a number"),
            PickleOpcode.PersId => throw PickleGlobal.Refused("something outside of it"),
            PickleOpcode.EmptySet or PickleOpcode.AddItems or PickleOpcode.FrozenSet => throw new InvalidDataException(
                "it has a Python set, whose order says nothing: save a list"
            ),
            PickleOpcode.NextBuffer => throw new InvalidDataException("it is a Python pickle whose arrays were saved elsewhere"),
            _ => throw Damaged(),
        };

    private PickleGlobal NameOnStack()
    {
        var names = _stack.Pop(2);
        return PickleGlobal.Of(PickledText.Of(names[0]), PickledText.Of(names[1]));
    }

    /// <summary>A storage by what <c>torch.save</c> writes of it: a word, its type, its key, its device and the number of its
    /// elements.</summary>
    private TorchStorage Storage(object? reference) =>
        storage is not null
        && reference is object?[] { Length: >= 5 } parts
        && PickledText.Of(parts[0]) == "storage"
        && parts[1] is PickleGlobal { Type: { } type }
        && PickledText.Of(parts[2]) is { } key
        && parts[4] is >= 0L and long count
            ? storage(key, type, count)
            : throw PickleGlobal.Refused("something outside of it");

    private void PutAll(object?[] entries)
    {
        if (entries.Length % 2 != 0)
            throw Damaged();
        var dictionary = Top<PickledDictionary>();
        for (var i = 0; i < entries.Length; i += 2)
            dictionary.Put(entries[i], entries[i + 1]);
    }

    private T Top<T>()
        where T : class => _stack.Top as T ?? throw Damaged();

    private object? Known(long index) => _memo.TryGetValue(index, out var value) ? value : throw Damaged();

    private static long Index(string digits) =>
        uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw Damaged();

    private string Text(ulong length) => Encoding.UTF8.GetString(_input.Bytes(length).Span);

    private static object Integer(string digits) =>
        digits.Length <= LongestInteger
        && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Short(value)
            : throw Damaged();

    private static object Integer(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= LongestInteger ? Short(new BigInteger(bytes)) : throw Damaged();

    private static object Short(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    private static double Real(string text) =>
        text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "-nan" => double.NaN,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged(),
        };
}
