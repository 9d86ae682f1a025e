using System.Buffers.Binary;
using System.Text;

namespace Sat.Tests.Kit;

/// <summary>Writes pickles as Python 2 wrote those of CIFAR: protocol 2, texts and arrays as bytes.</summary>
public static class Pickles
{
    /// <summary>A dictionary.</summary>
    /// <param name="entries">Each a text, a list of integers, a list of texts, or rows of bytes.</param>
    public static byte[] Dictionary(params (string Name, object Value)[] entries)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2, (byte)'}', (byte)'(']);
        foreach (var (name, value) in entries)
        {
            Text(pickle, Encoding.UTF8.GetBytes(name));
            Write(pickle, value);
        }
        pickle.Write("u."u8);
        return pickle.ToArray();
    }

    private static void Write(MemoryStream pickle, object value)
    {
        switch (value)
        {
            case string text:
                Text(pickle, Encoding.UTF8.GetBytes(text));
                break;
            case IEnumerable<string> texts:
                List(pickle, texts);
                break;
            case IEnumerable<int> numbers:
                List(pickle, numbers.Cast<object>());
                break;
            case int number:
                pickle.WriteByte((byte)'J');
                Int32(pickle, number);
                break;
            case byte[][] rows:
                Array(pickle, rows);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not written", nameof(value));
        }
    }

    private static void List(MemoryStream pickle, IEnumerable<object> values)
    {
        pickle.Write("]("u8);
        foreach (var value in values)
            Write(pickle, value);
        pickle.WriteByte((byte)'e');
    }

    private static void Array(MemoryStream pickle, byte[][] rows)
    {
        pickle.Write("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0"u8);
        pickle.Write([0x85]);
        Text(pickle, "b"u8);
        pickle.Write([0x87, (byte)'R', (byte)'(', (byte)'K', 1]);
        foreach (var length in new[] { rows.Length, rows.FirstOrDefault()?.Length ?? 0 })
            Write(pickle, length);
        pickle.Write([0x86]);
        pickle.Write("cnumpy\ndtype\nU\u0002u1K\0K\u0001"u8);
        pickle.Write([0x87]);
        pickle.Write("R(K\u0003U\u0001|NNNK\0K\0K\0tb"u8);
        pickle.Write([0x89]);
        Text(pickle, rows.SelectMany(r => r).ToArray());
        pickle.Write("tb"u8);
    }

    private static void Text(MemoryStream pickle, ReadOnlySpan<byte> bytes)
    {
        pickle.WriteByte((byte)'T');
        Int32(pickle, bytes.Length);
        pickle.Write(bytes);
    }

    private static void Int32(MemoryStream pickle, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        pickle.Write(bytes);
    }
}
