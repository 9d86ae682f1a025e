using System.Text;

namespace Sat.Records.Pickles;

/// <summary>Texts of a pickle. Python 2 had bytes for them.</summary>
public static class PickledText
{
    /// <summary>What a value says; null: it is no text.</summary>
    /// <param name="value">A string, or bytes in UTF-8.</param>
    public static string? Of(object? value) =>
        value switch
        {
            string text => text,
            ReadOnlyMemory<byte> bytes => Encoding.UTF8.GetString(bytes.Span),
            _ => null,
        };
}
