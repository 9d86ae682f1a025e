using System.Globalization;
using Sat.Records;

namespace Sat.Noise.Standard;

/// <summary>
/// Turns values of a file into numbers: whole numbers, or the names of classes. Where a class has another one's number for its name, a
/// numeral could be either, and all those of a file are read the same way: as names if each is a text and a name; otherwise it must be
/// stated.
/// </summary>
/// <param name="what">What the numbers are, for messages: <c>labels</c>.</param>
/// <param name="below">Each lies in [0, below).</param>
/// <param name="classes">Whose names may stand for their numbers; null: none may.</param>
/// <param name="stated">What the values are; null: as above.</param>
sealed class ValueReading(string what, long below, ClassLookup? classes, LabelValues? stated)
{
    /// <summary>True if a class has another one's number for its name.</summary>
    private readonly bool _namedByNumbers =
        classes is not null
        && Enumerable
            .Range(0, classes.Names.Count)
            .Any(k => Number(classes!.Names[k]) is >= 0 and var number && number < below && number != k);

    /// <summary>The numbers that values stand for, in their order.</summary>
    /// <param name="values">The values.</param>
    /// <param name="place">Says where one is, by its position: <c>line 3</c>.</param>
    /// <exception cref="InvalidDataException">One stands for none, or it is not clear for which.</exception>
    public long[] Read(IReadOnlyList<TableCell> values, Func<int, string> place)
    {
        var known = new Dictionary<TableCell, (long? Name, long? Number)>();
        var numbers = new long[values.Count];
        var unclear = -1;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!known.TryGetValue(values[i], out var meaning))
                known[values[i]] = meaning = Meanings(values[i]);
            numbers[i] = meaning.Name ?? meaning.Number ?? throw Unreadable(values[i], place(i));
            if (meaning.Name is null && (numbers[i] < 0 || numbers[i] >= below))
                throw OutOfRange(values[i].Trimmed, place(i));
            if (unclear < 0 && meaning.Number is not null && (meaning.Name is null || values[i].IsNumber))
                unclear = i;
        }
        return _namedByNumbers && stated is null && unclear >= 0
            ? throw new InvalidDataException(
                $"{place(unclear)} is {values[unclear].Trimmed}, but the dataset's classes are named by numbers: set 'values: names' if the {what} are those names, or 'values: numbers' if they are positions in the list of classes, from 0"
            )
            : numbers;
    }

    /// <summary>Numbers that are numbers for certain, unless they were stated to be names.</summary>
    /// <param name="values">The elements of an array of integers.</param>
    public long[] Read(long[] values)
    {
        if (stated == LabelValues.Names)
            return Read([.. values.Select(v => new TableCell(v.ToString(CultureInfo.InvariantCulture), CellForm.Number))], i =>
                $"element {i}"
            );
        var wrong = Array.FindIndex(values, v => v < 0 || v >= below);
        return wrong < 0 ? values : throw OutOfRange(values[wrong].ToString(CultureInfo.InvariantCulture), $"element {wrong}");
    }

    /// <summary>True if a text could be a value.</summary>
    public bool IsValue(TableCell cell) => Meanings(cell) is not (null, null);

    /// <summary>True for the name of a class.</summary>
    public bool IsName(TableCell cell) => classes?.Find(cell) is not null;

    /// <summary>A whole number, also as numpy.savetxt and tables with gaps write it (1.0, 1e0); null: the text is none.</summary>
    public static long? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1L << 53
            && number == Math.Floor(number)
            ? (long)number
            : null;
    }

    private (long? Name, long? Number) Meanings(TableCell cell) =>
        (stated == LabelValues.Numbers ? null : classes?.Find(cell), stated == LabelValues.Names ? null : Number(cell.Trimmed));

    private InvalidDataException Unreadable(TableCell cell, string place)
    {
        var hint = classes is null ? "" : NearestName.Hint(cell.Trimmed, classes.Names);
        return new(
            (classes, stated) switch
            {
                (null, _) or (_, LabelValues.Numbers) => $"{place} is '{cell.Trimmed}', but {what} are whole numbers from 0 to {below - 1}",
                (_, LabelValues.Names) => $"{place} is '{cell.Trimmed}', which is not the name of a class.{hint}",
                _ => $"{place} is '{cell.Trimmed}', which is neither a number from 0 to {below - 1} nor the name of a class.{hint}",
            }
        );
    }

    private InvalidDataException OutOfRange(string text, string place) => new($"{place} is {text}, but {what} are from 0 to {below - 1}");
}
