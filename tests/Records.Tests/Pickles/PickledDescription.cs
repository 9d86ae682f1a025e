using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Sat.Records.Pickles;

namespace Sat.Records.Tests.Pickles;

/// <summary>What a pickle holds as a text, as pickles.py writes it.</summary>
static class PickledDescription
{
    public static string Of(object? value) =>
        value switch
        {
            null => "None",
            bool truth => truth ? "True" : "False",
            long or BigInteger => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            double real => "f" + Hex(real),
            string text => "s" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
            ReadOnlyMemory<byte> bytes => "b" + Convert.ToHexStringLower(bytes.Span),
            object?[] tuple => $"({string.Join(", ", tuple.Select(Of))})",
            List<object?> list => $"[{string.Join(", ", list.Select(Of))}]",
            PickledDictionary dictionary => $"{{{string.Join(", ", dictionary.Names.Select(n => $"{n}: {Of(Entry(dictionary, n))}"))}}}",
            PickledArray { Objects: { } objects } array =>
                $"objects[{string.Join(", ", array.Shape)}][{string.Join(", ", objects.Select(Of))}]",
            PickledArray array =>
                $"{array.Header.TypeName}[{string.Join(", ", array.Shape)}]:{Convert.ToHexStringLower(array.Read().Bytes)}",
            _ => throw new InvalidOperationException($"{value.GetType()} is no value of a pickle"),
        };

    private static object? Entry(PickledDictionary dictionary, string name)
    {
        Assert.IsTrue(dictionary.TryGet(name, out var value));
        return value;
    }

    private static string Hex(double real)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, real);
        return Convert.ToHexStringLower(bytes);
    }
}
