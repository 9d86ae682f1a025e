using System.Text.Json;

namespace Sat.Noise.Standard;

/// <summary>A JSON array of objects, which is a table: the properties of the first object are its columns.</summary>
static class JsonRows
{
    /// <summary>Its columns and rows, numbered from 0; null: it is no such array.</summary>
    /// <exception cref="InvalidDataException">A row lacks a column, has one more, or holds more than numbers and texts.</exception>
    public static (string[] Header, List<(int Line, TableCell[] Cells)> Rows)? Read(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        using var document = JsonDocument.Parse(bytes);
        string[] header = [.. document.RootElement[0].EnumerateObject().Select(p => p.Name)];
        var rows = new List<(int, TableCell[])>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var number = rows.Count;
            if (row.ValueKind == JsonValueKind.Object && Twice(row) is { } twice)
                throw new InvalidDataException($"element {number} has '{twice}' twice");
            rows.Add((number, [.. header.Select(name => Cell(row, name, number))]));
            if (row.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !header.Contains(n)) is { } more)
                throw new InvalidDataException($"element {number} has '{more}', which the first has not");
        }
        return (header, rows);
    }

    private static string? Twice(JsonElement row) =>
        row.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(p => p.Count() > 1)?.Key;

    private static TableCell Cell(JsonElement row, string name, int number)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(name, out var value))
            throw new InvalidDataException($"element {number} has no '{name}', as the first has");
        return value.ValueKind switch
        {
            JsonValueKind.String => new TableCell(value.GetString()!, CellForm.Exact),
            JsonValueKind.Number => new TableCell(value.GetRawText(), CellForm.Number),
            _ => throw new InvalidDataException($"the '{name}' of element {number} is neither a number nor a name"),
        };
    }
}
