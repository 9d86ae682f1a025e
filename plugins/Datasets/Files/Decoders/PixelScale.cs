using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Sat.Records.Arrays;

namespace Sat.Datasets.Files.Decoders;

/// <summary>
/// From an array's values to bytes: x becomes round(255 x / white), computed in double precision, halves to even. What white is depends on
/// the type alone unless it was stated, never on the values; values that do not fit are refused, not clipped.
/// </summary>
/// <param name="header">What the array's elements are.</param>
/// <param name="stated">The value of white, above 0; null: as its type has it.</param>
sealed class PixelScale(NpyHeader header, double? stated)
{
    public const string Description =
        "The value of white, such as 1, 255, 4095 or 65535: a value x becomes round(255 x / white). Unset: 1 for floats and booleans, 65535 for uint16, 255 for other integers.";

    /// <summary>Images of 16 bits that stay below this were made by a camera of at most 12: read as 16, they would be all but
    /// black.</summary>
    public const int LeastOf16Bits = 4096;

    public const double White16Bits = 65535;

    private const string State = "state the value of white with 'white', such as";

    private readonly double _white = stated
        ?? (
            header.Kind is NpyKind.Boolean or NpyKind.Float ? 1
            : IsUInt16(header) ? White16Bits
            : byte.MaxValue
        );
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;
    private bool _undefined;

    /// <summary>Converts some elements.</summary>
    /// <param name="elements">Little-endian.</param>
    /// <param name="pixels">Receives a byte for each.</param>
    public void Convert(ReadOnlySpan<byte> elements, Span<byte> pixels)
    {
        switch (header.Kind, header.Size)
        {
            case (NpyKind.Unsigned, 1) when _white == byte.MaxValue:
                elements.CopyTo(pixels);
                break;
            case (NpyKind.Unsigned or NpyKind.Boolean, 1):
                Convert<byte>(elements, pixels);
                break;
            case (NpyKind.Unsigned, 2):
                Convert<ushort>(elements, pixels);
                break;
            case (NpyKind.Unsigned, 4):
                Convert<uint>(elements, pixels);
                break;
            case (NpyKind.Unsigned, _):
                Convert<ulong>(elements, pixels);
                break;
            case (NpyKind.Signed, 1):
                Convert<sbyte>(elements, pixels);
                break;
            case (NpyKind.Signed, 2):
                Convert<short>(elements, pixels);
                break;
            case (NpyKind.Signed, 4):
                Convert<int>(elements, pixels);
                break;
            case (NpyKind.Signed, _):
                Convert<long>(elements, pixels);
                break;
            case (_, 2):
                Convert<Half>(elements, pixels);
                break;
            case (_, 4):
                Convert<float>(elements, pixels);
                break;
            default:
                Convert<double>(elements, pixels);
                break;
        }
    }

    /// <summary>What is wrong with all that was converted, as half a sentence; null: nothing.</summary>
    public string? Problem()
    {
        if (_undefined)
            return "some of its values are not numbers (NaN): give those pixels a value";
        if (double.IsNegativeInfinity(_least) || double.IsPositiveInfinity(_most))
            return "some of its values are infinite: give those pixels a value";
        if (_least < 0 || _most > _white)
        {
            var advice =
                header.Kind == NpyKind.Float
                    ? $"scale it to that range, such as by (x - x.min()) / (x.max() - x.min()), or, if its darkest value is 0, {State} white: 255"
                    : $"{State} white: {Text(_most > _white ? _most : _white)}, if its darkest value is 0, and scale it to bytes first if it is not";
            return $"its values are {header.TypeName} from {Text(_least)} to {Text(_most)}, but the range read is 0 to {Text(_white)}: {advice}";
        }
        return stated is null && IsUInt16(header) && _most is >= 0 and < LeastOf16Bits
            ? $"its values are uint16 from {Text(_least)} to {Text(_most)}, which are all but black as 16-bit values: {State} white: {(_most > byte.MaxValue ? "4095 for 12 bits" : "255")}, or white: 65535"
            : null;
    }

    /// <summary>What was done, for the run's record; null: values are bytes as they are.</summary>
    public string? Note() =>
        header is { Kind: NpyKind.Unsigned, Size: 1 } && _white == byte.MaxValue
            ? null
            : $"{header.TypeName} from {Text(_least)} to {Text(_most)}, read as {(_white == 1 ? "round(255 x)" : _white == byte.MaxValue ? "round(x)" : $"round(255 x / {Text(_white)})")}";

    private void Convert<T>(ReadOnlySpan<byte> elements, Span<byte> pixels)
        where T : unmanaged, INumberBase<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(elements);
        for (var i = 0; i < values.Length; i++)
        {
            var value = double.CreateTruncating(values[i]);
            _undefined |= double.IsNaN(value);
            _least = Math.Min(_least, value);
            _most = Math.Max(_most, value);
            pixels[i] = (byte)Math.Clamp(Math.Round(value * byte.MaxValue / _white), 0, byte.MaxValue);
        }
    }

    private static bool IsUInt16(NpyHeader header) => header is { Kind: NpyKind.Unsigned, Size: 2 };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
