namespace Sat.Records.Matlab;

/// <summary>An array of structures.</summary>
public sealed class MatStructures : MatVariable
{
    private readonly PartStream _content;
    private readonly MatReader _reader;

    internal MatStructures(string name, IReadOnlyList<long> shape, IReadOnlyList<string> fields, PartStream content, MatReader reader)
        : base(name, shape) => (Fields, Count, _content, _reader) = (fields, MatMatrix.Count(shape), content, reader);

    /// <summary>The names of the fields that each structure has, in their order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>How many structures the file states; that they are there shows when they are read. -1: more than any file has.</summary>
    public long Count { get; }

    /// <summary>Shows what each structure holds, field by field.</summary>
    /// <param name="visit">Receives the structure's number from 0, the field and its value; values that are neither numbers, texts nor
    /// structures are passed over.</param>
    /// <exception cref="InvalidDataException">The array is damaged.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public void Read(Action<long, string, MatVariable> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (Count < 0)
            throw new InvalidDataException($"'{Name}' states {ShapeText} structures");
        if (Fields.Count == 0)
            return;
        // Each value takes bytes of the file, so a false count ends at its end.
        for (var number = 0L; number < Count; number++)
        {
            foreach (var field in Fields)
            {
                var tag = _reader.Tag(_content);
                if (tag.Type != MatType.Matrix || tag.Small is not null)
                    throw new InvalidDataException($"the value of '{field}' in '{Name}' is no array");
                if (tag.Length > _content.Left)
                    throw new InvalidDataException(
                        $"the value of '{field}' in '{Name}' has {tag.Length} bytes, of which its array holds {_content.Left}"
                    );
                var value = new PartStream(_content, tag.Length);
                // Nothing at all stands for an empty array.
                if (tag.Length > 0)
                    MatMatrix.Show(value, _reader, v => visit(number, field, v));
                value.Skip();
            }
        }
    }
}
