namespace Sat.Noise.Standard;

/// <summary>A value of a table or list, quotes taken off.</summary>
readonly record struct TableCell(string Text, CellForm Form)
{
    /// <summary>Without the blanks that may be layout.</summary>
    public string Trimmed => Form == CellForm.Plain ? Text.Trim() : Text;

    /// <summary>A JSON number or array element.</summary>
    public bool IsNumber => Form == CellForm.Number;
}
