using System.Globalization;
using System.Numerics;
using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>Integers of a list, a tuple, or an array of one dimension.</summary>
public static class PickledVector
{
    /// <summary>True for a value that has elements one after the other.</summary>
    public static bool Is(object? value) => value is PickledArray or List<object?> or object?[];

    /// <summary>Its elements: integers of any type, whole floats included, or texts that stand for integers.</summary>
    /// <param name="value">A value of a pickle.</param>
    /// <param name="number">Turns a text and its position into the integer; null: texts are not read.</param>
    /// <exception cref="InvalidDataException">It is no such value, or an element is something else.</exception>
    public static long[] Read(object? value, Func<string, long, long>? number)
    {
        switch (value)
        {
            case PickledArray { Objects: null } array:
                using (var elements = array.Open())
                    return Npy.ReadVector(elements, array.Header, number);
            case PickledArray { Objects: { } objects, Shape: [_] or [_, 1] }:
                return Read(objects, number);
            case IReadOnlyList<object?> list:
                return Read(list, number);
            default:
                throw new InvalidDataException("it has no list or array of one dimension where one should be");
        }
    }

    private static long[] Read(IReadOnlyList<object?> list, Func<string, long, long>? number)
    {
        var values = new long[list.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = list[i] switch
            {
                long whole => whole,
                bool truth => truth ? 1 : 0,
                double real when Math.Abs(real) < 1L << 53 && real == Math.Floor(real) => (long)real,
                PickledArray { Objects: null, Shape.Count: 0 } scalar => Scalar(scalar),
                var other when PickledText.Of(other) is { } text && number is not null => number(text, i),
                var other => throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"its element {i} is {Name(other)}, not an integer")
                ),
            };
        }
        return values;
    }

    private static long Scalar(PickledArray scalar)
    {
        using var element = scalar.Open();
        return Npy.ReadVector(element, scalar.Header with { Shape = [1] }, null)[0];
    }

    private static string Name(object? value) =>
        value switch
        {
            null => "None",
            double real => real.ToString(CultureInfo.InvariantCulture),
            BigInteger => "an integer of more than 64 bits",
            string or ReadOnlyMemory<byte> => "a text",
            PickledDictionary => "a dictionary",
            _ => "a list",
        };
}
