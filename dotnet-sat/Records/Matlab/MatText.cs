using System.Text;

namespace Sat.Records.Matlab;

/// <summary>An array of characters.</summary>
public sealed class MatText : MatVariable
{
    private readonly MatType _type;
    private readonly PartStream _characters;
    private readonly MatReader _reader;

    internal MatText(string name, IReadOnlyList<long> shape, MatType type, PartStream characters, MatReader reader)
        : base(name, shape) => (_type, _characters, _reader) = (type, characters, reader);

    /// <summary>The characters.</summary>
    /// <param name="mostBytes">The most bytes that they may take.</param>
    /// <exception cref="InvalidDataException">They take more, or are cut off or of a kind that is not known here.</exception>
    public string Read(int mostBytes)
    {
        if (_characters.Length > mostBytes)
            throw new InvalidDataException($"a text has {_characters.Length} bytes, more than can be");
        var bytes = new byte[_characters.Length];
        _characters.ReadExactly(bytes);
        var encoding = _type switch
        {
            MatType.UInt16 or MatType.Utf16 => _reader.IsBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode,
            MatType.Int8 or MatType.UInt8 or MatType.Utf8 => Encoding.UTF8,
            _ => throw new InvalidDataException($"a text is of the type {(int)_type}, which is not read here"),
        };
        return encoding.GetString(bytes);
    }
}
