using System.Globalization;
using System.Text;
using System.Text.Json;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Pickles;

namespace Sat.Noise.Standard;

/// <summary>
/// Numbers from a person's file, in whichever form it comes: a NumPy array or an archive of such, a Python pickle, a JSON array, a table
/// with commas, semicolons or tabs, or a text of one value a line. What a file is is told by its content.
/// </summary>
/// <param name="owner">The noise, for messages.</param>
/// <param name="what">What the numbers are, for messages: <c>labels</c>.</param>
/// <param name="below">Each lies in [0, below).</param>
sealed class SavedLabels(string owner, string what, long below)
{
    private const string FileColumn = "file";
    private const string IndexColumn = "index";
    private const string LabelColumn = "label";

    private ValueReading? _values;

    /// <summary>The classes' names, which may stand for their numbers; empty: none may.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What the values are; null: see <see cref="ValueReading"/>.</summary>
    public LabelValues? Form { get; init; }

    /// <summary>The column of a table, the array of an archive, or the property of a JSON object; null: the only one, or
    /// <c>label</c>.</summary>
    public string? Column { get; init; }

    /// <summary>The samples that rows may name; null: rows have an index among themselves at most.</summary>
    public SampleKeys? Samples { get; init; }

    /// <summary>How what was read says which sample each value is for.</summary>
    public SampleNaming Naming { get; private set; }

    private ValueReading Values => _values ??= new(what, below, Names.Count == 0 ? null : new ClassLookup(Names), Form);

    /// <summary>Reads them, in the order of the data; <see cref="SampleKeys.Unnamed"/> for a sample that rows with keys do not
    /// name.</summary>
    /// <exception cref="SatException">The file is of no such form, or a value is wrong (exit code 5).</exception>
    public long[] Read(DataFiles files)
    {
        if (files.Names is not [var name])
            throw new SatException(ExitCode.Environment, $"noise '{owner}': {files.Location} must be one file");
        try
        {
            return Read(files, name);
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"noise '{owner}': {files.Location} cannot be used: {Sentence(e.Message)} Give {what} for the training samples as .npy, .npz, .pt, JSON, CSV, or text with one per line.",
                inner: e
            );
        }
    }

    private static string Sentence(string message) =>
        message.EndsWith('?') || message.EndsWith("...", StringComparison.Ordinal) ? message : message.TrimEnd('.') + ".";

    private long[] Read(DataFiles files, string name)
    {
        Span<byte> start = stackalloc byte[4];
        using (var head = files.OpenRead(name))
            start = start[..head.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start is [0x93, (byte)'N', ..])
        {
            using (var array = files.OpenRead(name))
            {
                if (Npy.HoldsObjects(array))
                    return Pickled(files, name);
            }
            using var elements = files.OpenRead(name);
            return Vector(elements);
        }
        if (PickledFile.BeginsLike(start))
            return Pickled(files, name);
        if (start is [(byte)'P', (byte)'K', ..])
            return Archive(files, name);

        // Spreadsheets and shells of Windows write UTF-16, with its mark.
        var text = new StreamReader(new MemoryStream(files.ReadAllBytes(name)), Encoding.UTF8).ReadToEnd();
        var bytes = Encoding.UTF8.GetBytes(text);
        var mistaken = MistakenContent.Recognize(bytes)
            ?? (
                text.Contains('\uFFFD', StringComparison.Ordinal) && !text.Contains('\0', StringComparison.Ordinal)
                    ? "if it is text, it is not in UTF-8: save it as UTF-8 (in a spreadsheet, 'CSV UTF-8')"
                    : "it is neither text nor a NumPy array file"
            );
        if (!mistaken.StartsWith("it is text", StringComparison.Ordinal) && !mistaken.StartsWith("it is JSON", StringComparison.Ordinal))
            throw new InvalidDataException(mistaken);
        return text.TrimStart() is ['[' or '{', ..] ? Json(bytes) : Table(text);
    }

    private long[] Archive(DataFiles files, string name)
    {
        using var archive = new NpzFile(files.OpenRead(name));
        if (PickledFile.IsTorch(archive.Entries))
            return Pickled(files, name);
        if (archive.Names.Count == 0)
            throw new InvalidDataException(
                archive.Entries.Any(e => e == "xl/workbook.xml")
                    ? "it is an Excel workbook: save the sheet as CSV"
                    : "it is a ZIP archive without NumPy arrays: unpack it and give the file that it holds"
            );
        return ByArrays(
            archive.Names,
            "arrays",
            name => archive.Read(name, stream => Vector(stream))!,
            name => archive.Read(name, stream => Cells(stream))!
        );
    }

    /// <summary>The values of one of several named lists. As in a table, one that says which sample each value is for goes before their
    /// order, and one that may say so is refused.</summary>
    /// <param name="names">Of the lists.</param>
    /// <param name="kind">What they are, for messages.</param>
    /// <param name="values">Reads the values of one.</param>
    /// <param name="cells">Reads one as cells of a table.</param>
    private long[] ByArrays(
        IReadOnlyList<string> names,
        string kind,
        Func<string, long[]> values,
        Func<string, IReadOnlyList<TableCell>> cells
    )
    {
        string[] keys =
        [
            .. names.Where(n =>
                n != Column
                && (n.Equals(FileColumn, StringComparison.OrdinalIgnoreCase) || n.Equals(IndexColumn, StringComparison.OrdinalIgnoreCase))
            ),
        ];
        string[] others = [.. names.Except(keys, StringComparer.Ordinal)];
        var chosen = Column
            ?? (
                others is [var only] ? only
                : others.Contains(LabelColumn) ? LabelColumn
                : throw new InvalidDataException($"it has {names.Count} {kind}: choose one with 'column': {string.Join(", ", names)}")
            );
        if (!names.Contains(chosen))
            throw new InvalidDataException($"it has no '{chosen}' among its {kind}, only {string.Join(", ", names)}");
        if (keys.Length == 0)
        {
            var read = values(chosen);
            foreach (var other in others.Where(n => n != chosen))
                RequireOrder(other, Readable(cells, other), read.Length);
            return read;
        }
        string[] used = [chosen, .. keys];
        var columns = used.Select(cells).ToArray();
        for (var i = 1; i < columns.Length; i++)
        {
            if (columns[i].Count != columns[0].Count)
                throw new InvalidDataException(
                    $"its '{used[i]}' has {Count.Of(columns[i].Count, "element")}, but '{chosen}' has {columns[0].Count}"
                );
        }
        string[] header = [Column ?? LabelColumn, .. keys];
        return ByRows(header, [.. columns[0].Select((_, row) => (row, columns.Select(c => c[row]).ToArray()))], "element");
    }

    /// <summary>A list that is no list of keys for certain where it cannot be read as cells: of images, of fractions.</summary>
    private static IReadOnlyList<TableCell> Readable(Func<string, IReadOnlyList<TableCell>> cells, string name)
    {
        try
        {
            return cells(name);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>What Python pickled: a list or an array, or a dictionary with one, or with the one that is asked for.</summary>
    private long[] Pickled(DataFiles files, string name)
    {
        var whole = PickledFile.Read(files.ReadAllBytes(name));
        if (whole is not PickledDictionary dictionary)
            return Vector(number => PickledVector.Read(whole, number));
        object? Entry(string entry) => dictionary.TryGet(entry, out var value) ? value : null;
        string[] names = [.. dictionary.Names.Where(n => PickledVector.Is(Entry(n)))];
        return names.Length > 0
            ? ByArrays(
                names,
                "arrays",
                entry => Vector(number => PickledVector.Read(Entry(entry), number)),
                entry => Cells(number => PickledVector.Read(Entry(entry), number))
            )
            : throw new InvalidDataException("it is a Python dictionary without a list or an array");
    }

    /// <summary>The elements of an array as cells of a table.</summary>
    /// <param name="read">Reads them; a text by what it is given.</param>
    private static List<TableCell> Cells(Func<Func<string, long, long>, long[]> read)
    {
        var (numbers, texts) = Elements(read);
        return texts.Count > 0 ? texts : [.. numbers.Select(n => new TableCell(n.ToString(CultureInfo.InvariantCulture), CellForm.Number))];
    }

    private static (long[] Numbers, List<TableCell> Texts) Elements(Func<Func<string, long, long>, long[]> read)
    {
        var texts = new List<TableCell>();
        var numbers = read(
            (text, position) =>
            {
                texts.Add(new TableCell(text, CellForm.Exact));
                return position;
            }
        );
        return texts.Count == 0 || texts.Count == numbers.Length
            ? (numbers, texts)
            : throw new InvalidDataException("some of its elements are texts and others are numbers");
    }

    private static List<TableCell> Cells(Stream stream) => Cells(number => Npy.ReadVector(stream, number));

    private long[] Vector(Stream stream) => Vector(number => Npy.ReadVector(stream, number));

    private long[] Vector(Func<Func<string, long, long>?, long[]> read)
    {
        if (Names.Count == 0)
            return Values.Read(read(null));
        var (numbers, texts) = Elements(read);
        return texts.Count > 0 ? Values.Read(texts, i => $"element {i}") : Values.Read(numbers);
    }

    /// <summary>An array, or an object with one, or with the one that is asked for.</summary>
    private long[] Json(byte[] bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes);
            json.Read();
            if (JsonRows.Read(bytes) is { } rows)
                return ByRows(rows.Header, rows.Rows, "element");
            if (json.TokenType != JsonTokenType.StartObject)
                return Values.Read(Elements(bytes, null, out var lines), i => $"line {lines[i]}: element {i}");
            var (arrays, properties) = Properties(bytes);
            if (arrays.Count == 0 || (Column is { } column && !arrays.Contains(column)))
                throw new InvalidDataException(
                    arrays.Count == 0 && Column is null
                        ? "its JSON has no array of them: put the values into one array, in the order of the samples, or objects such as {\"file\": ..., \"label\": ...}"
                        : $"its JSON has no array '{Column}', only {string.Join(", ", properties)}: name one with 'column'"
                );
            return ByArrays(
                arrays,
                "JSON arrays",
                name => Values.Read(Elements(bytes, name, out var at), i => $"line {at[i]}: element {i}"),
                name => Elements(bytes, name, out _)
            );
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                AreLines(bytes)
                    ? "it is JSON Lines: put the objects into one array, with commas between them"
                    : $"line {e.LineNumber + 1}: it is not well-formed JSON",
                e
            );
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("its JSON has a text with half a character", e);
        }
    }

    /// <summary>True if each line is a JSON object of its own.</summary>
    private static bool AreLines(byte[] bytes)
    {
        string[] lines = [.. Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(2)];
        return lines.Length == 2 && lines.All(l => l.StartsWith('{') && l.EndsWith('}'));
    }

    /// <summary>The properties of an object that are arrays, and all of them.</summary>
    private static (List<string> Arrays, List<string> All) Properties(byte[] bytes)
    {
        var (arrays, all) = (new List<string>(), new List<string>());
        var json = new Utf8JsonReader(bytes);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            all.Add(json.GetString()!);
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
                arrays.Add(all[^1]);
            json.Skip();
        }
        // What follows must be well-formed, too, and end the document.
        while (json.Read()) { }
        return arrays.Distinct(StringComparer.Ordinal).Count() == arrays.Count
            ? (arrays, all)
            : throw new InvalidDataException("its JSON has a property twice");
    }

    /// <summary>The elements of a JSON array, and the line of each.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="property">The property of the outer object that is the array; null: the document is.</param>
    /// <param name="lines">From 1.</param>
    private static List<TableCell> Elements(byte[] bytes, string? property, out List<int> lines)
    {
        var json = new Utf8JsonReader(bytes);
        json.Read();
        if (property is not null)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName && json.GetString() != property)
                json.Skip();
            json.Read();
        }
        var values = new List<TableCell>();
        lines = [];
        var (line, counted) = (1, 0);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            line += bytes.AsSpan(counted..(int)json.TokenStartIndex).Count((byte)'\n');
            counted = (int)json.TokenStartIndex;
            lines.Add(line);
            values.Add(
                json.TokenType switch
                {
                    JsonTokenType.String => new TableCell(json.GetString()!, CellForm.Exact),
                    JsonTokenType.Number => new TableCell(Encoding.UTF8.GetString(json.ValueSpan), CellForm.Number),
                    _ => throw new InvalidDataException($"line {line}: element {values.Count} is neither a number nor a name"),
                }
            );
        }
        if (property is null)
        {
            while (json.Read()) { }
        }
        return values;
    }

    private long[] Table(string text)
    {
        var rows = new DelimitedTable(text, cell => Values.IsName(cell) || Place(cell) >= 0).Read();
        if (rows.Count == 0)
            throw new InvalidDataException("it is empty");

        var first = rows[0].Cells;
        var header = IsHeader(rows) ? first.Select(c => c.Trimmed).ToArray() : null;
        if (header is not null && rows.Count == 1)
            throw new InvalidDataException("it has a line of names and no rows");
        if (header is not null)
            rows.RemoveAt(0);
        else if (first.Length == 1 && !Values.IsValue(first[0]) && rows.Count > 1 && Values.IsValue(rows[1].Cells[0]))
            throw new InvalidDataException(
                $"line {rows[0].Line} is '{first[0].Trimmed}', which is no value{(Names.Count > 0 ? " and no class" : "")}.{NearestName.Hint(first[0].Trimmed, Names)} If it is the name of the column, set the option 'column' to it"
            );
        return ByRows(header, rows, "line");
    }

    /// <summary>Whether the first of some rows names their columns. Columns of several must have names, among them that of the values; a
    /// class may have such a name, too.</summary>
    private bool IsHeader(List<(int Line, TableCell[] Cells)> rows)
    {
        var first = rows[0].Cells;
        if (first.Any(c => ValueReading.Number(c.Trimmed) is not null))
            return false;
        if (first.Length > 1)
            return first.Any(c => c.Trimmed.Equals(Column ?? LabelColumn, StringComparison.OrdinalIgnoreCase))
                || !first.Any(Values.IsValue);
        // A single line of a list may be a mistyped value: it is a header by a known name only.
        if (!IsLabelName(first[0].Trimmed))
            return false;
        return Column is not null
            || !Values.IsName(first[0])
            || Samples is null
            || (rows.Count != Samples.Count && (rows.Count == Samples.Count + 1 || rows.Count != Samples.Needed));
    }

    private bool IsLabelName(string text) =>
        text.Equals(Column ?? LabelColumn, StringComparison.OrdinalIgnoreCase)
        || (Column is null && text.Equals("labels", StringComparison.OrdinalIgnoreCase));

    private long[] ByRows(string[]? header, List<(int Line, TableCell[] Cells)> rows, string unit)
    {
        var width = header?.Length ?? rows[0].Cells.Length;
        var column = ColumnOf(header, width);
        var file = Samples is { HasFiles: true } ? Find(header, FileColumn) : -1;
        var key = file >= 0 ? file : Find(header, IndexColumn);
        if (key == column)
            key = -1;
        if (key < 0 && header is not null)
            RequireOrder(header, column, rows);
        Naming =
            key < 0 ? SampleNaming.Order
            : key == file ? SampleNaming.File
            : SampleNaming.Index;
        var count = key >= 0 && Samples is not null ? Samples.Count : rows.Count;
        var values = new long[count];
        Array.Fill(values, SampleKeys.Unnamed);
        var lines = new Dictionary<int, int>();
        var places = new int[rows.Count];
        var unknown = new List<string>();
        for (var row = 0; row < rows.Count; row++)
        {
            var (line, cells) = rows[row];
            if (cells.Length != width)
                throw new InvalidDataException($"{unit} {line} has {Count.Of(cells.Length, "column")}, but the first line has {width}");
            var place =
                key < 0 ? row
                : key == file ? Place(cells[key])
                : Place(cells[key].Trimmed, count, $"{unit} {line}");
            if (place < 0)
            {
                unknown.Add($"{unit} {line} ('{cells[key].Trimmed}')");
                continue;
            }
            if (!lines.TryAdd(place, line))
                throw new InvalidDataException(
                    $"{unit} {line}: the {(key == file ? "file" : "index")} {cells[key].Trimmed} is already in {unit} {lines[place]}"
                );
            places[row] = place;
        }
        if (unknown.Count > 0)
            throw new InvalidDataException(
                $"{unknown.Count} of {rows.Count} rows name a file that is no training sample of the dataset: {SampleKeys.First(unknown)}. Its files have names such as '{Samples!.Example}'"
            );
        var read = Values.Read([.. rows.Select(r => r.Cells[column])], row => $"{unit} {rows[row].Line}");
        for (var row = 0; row < rows.Count; row++)
            values[places[row]] = read[row];
        if (key >= 0)
            Samples?.RequireAll(values);
        return values;
    }

    private int ColumnOf(string[]? header, int columns)
    {
        if (header is null)
        {
            if (columns == 1 && Column is null)
                return 0;
            throw new InvalidDataException(
                Column is null
                    ? $"line 1: it has {columns} columns without names: name them in a first line, such as index,label"
                    : $"line 1: its columns have no names, so none of them is '{Column}'"
            );
        }
        var wanted = Column ?? (columns == 1 ? header[0] : LabelColumn);
        var found = Find(header, wanted);
        return found >= 0
            ? found
            : throw new InvalidDataException(
                $"line 1: it has no column '{wanted}', only {string.Join(", ", header)}: name one with 'column'"
            );
    }

    private static int Find(string[]? header, string name)
    {
        int[] found = [.. Enumerable.Range(0, header?.Length ?? 0).Where(i => header![i].Equals(name, StringComparison.OrdinalIgnoreCase))];
        return found.Length <= 1
            ? found.FirstOrDefault(-1)
            : throw new InvalidDataException($"line 1: it has {found.Length} columns '{name}'");
    }

    /// <summary>Refuses rows whose order may not be that of the samples: some column says, or seems to say, which sample each is
    /// for.</summary>
    private void RequireOrder(string[] header, int column, List<(int Line, TableCell[] Cells)> rows)
    {
        foreach (var other in Enumerable.Range(0, header.Length).Where(i => i != column))
            RequireOrder(header[other], [.. rows.Where(r => r.Cells.Length > other).Select(r => r.Cells[other])], rows.Count);
    }

    /// <summary>Refuses a list beside the values that does not merely count them, and has a value of its own for each, or files of
    /// samples.</summary>
    private void RequireOrder(string name, IReadOnlyList<TableCell> beside, int values)
    {
        string[] cells = [.. beside.Select(c => ValueReading.Number(c.Trimmed)?.ToString(CultureInfo.InvariantCulture) ?? c.Trimmed)];
        if (cells.Length < 2 || cells.Length != values)
            return;
        var isKey =
            cells.Distinct(StringComparer.Ordinal).Count() == cells.Length
            && cells.All(c =>
                long.TryParse(c, CultureInfo.InvariantCulture, out _) || !double.TryParse(c, CultureInfo.InvariantCulture, out _)
            );
        bool Counts(int first) => cells.Select((c, i) => c == (first + i).ToString(CultureInfo.InvariantCulture)).All(same => same);
        if (isKey && !Counts(0) && !Counts(1))
            throw new InvalidDataException(
                $"its '{name}' has a value of its own for each label, as if it said which sample the label is for. Only 'file' and 'index' say so: rename it, or remove it if the labels are in the order of the training set"
            );
        if (cells.All(c => Samples?.IsEnd(c) == true))
            throw new InvalidDataException(
                $"its '{name}' names files of samples. Only 'file' says which sample a label is for, by names such as '{Samples!.Example}': rename it, or remove it if the labels are in the order of the training set"
            );
    }

    /// <summary>The sample of a file; below 0: there is none.</summary>
    private int Place(TableCell cell) =>
        Samples is null ? SampleKeys.None
        : Samples.Find(cell.Text) is >= 0 and var place ? place
        : Samples.Find(cell.Trimmed);

    private static int Place(string text, int count, string where) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < count
            ? place
            : throw new InvalidDataException($"{where}: the index is '{text}', but indices go from 0 to {count - 1}, each once");
}
