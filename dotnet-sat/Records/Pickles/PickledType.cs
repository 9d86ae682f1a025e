using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>An array's type as a pickle states it: first its kind and size, then the order of its bytes.</summary>
/// <param name="text">Such as <c>i8</c>.</param>
internal sealed class PickledType(string text)
{
    private string _order = "=";

    public bool IsObjects => text is ['O', ..];

    /// <summary>Takes what NumPy keeps of a type: version, order, part type, names, fields, and more that follows from the rest.</summary>
    public void Build(object? state)
    {
        if (state is not object?[] { Length: >= 5 } parts)
            throw PickleReader.Damaged();
        if (parts[2] is not null || parts[3] is not null || parts[4] is not null)
            throw new InvalidDataException("an array in it has records of several fields: write each field as an array of its own");
        _order = PickledText.Of(parts[1]) switch
        {
            "<" or ">" or "|" or "=" => PickledText.Of(parts[1])!,
            _ => throw PickleReader.Damaged(),
        };
    }

    public NpyHeader Header(IReadOnlyList<long> shape, bool columnsFirst) => NpyHeader.Of(_order + text, columnsFirst, shape);
}
