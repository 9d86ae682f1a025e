namespace Sat.Records.Pickles;

/// <summary>The values that a pickle works on, and the marks from which on they belong together.</summary>
internal sealed class PickleStack
{
    /// <summary>More that are open at once is no data.</summary>
    private const int MostMarks = 1000;

    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();

    /// <summary>Values beneath the last mark belong to what is outside.</summary>
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    public void Push(object? value) => _values.Add(value);

    public object? Top => _values.Count > Floor ? _values[^1] : throw PickleReader.Damaged();

    public object? Pop()
    {
        var top = Top;
        _values.RemoveAt(_values.Count - 1);
        return top;
    }

    /// <summary>Takes some values off, and gives them in the order in which they were put.</summary>
    public object?[] Pop(int count)
    {
        if (_values.Count - Floor < count)
            throw PickleReader.Damaged();
        var values = new object?[count];
        _values.CopyTo(_values.Count - count, values, 0, count);
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    public void Mark()
    {
        if (_marks.Count == MostMarks)
            throw new InvalidDataException("it is nested too deep");
        _marks.Push(_values.Count);
    }

    /// <summary>Takes off what came after the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw PickleReader.Damaged();
        var values = Pop(_values.Count - Floor);
        _marks.Pop();
        return values;
    }

    /// <summary>Undoes a mark that nothing follows, or else the last value, as Python's reader does.</summary>
    public void Undo()
    {
        if (_marks.TryPeek(out var mark) && mark == _values.Count)
            _marks.Pop();
        else
            Pop();
    }
}
